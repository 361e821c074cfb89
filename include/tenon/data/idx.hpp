// IDX, the file format of MNIST and its relatives.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <vector>

#include <tenon/io/read_file.hpp>

namespace tenon {

/// An IDX file of unsigned bytes: its extents and, in row-major order, its elements.
struct Idx {
  std::vector<std::size_t> shape;
  std::string bytes;  ///< of the file: a header of 4 + 4 rank bytes, then the elements

  unsigned char operator[](std::size_t i) const { return static_cast<unsigned char>(bytes[4 + 4 * shape.size() + i]); }
};

/// Reads an IDX file of unsigned bytes and `rank` axes, plain or gzip.
/// The format is http://yann.lecun.com/exdb/mnist's: big-endian words, first the bytes 0, 0, 8 and the rank, then each extent; then the bytes.
/// Throws std::runtime_error that starts with the path: another magic number, too few or too many bytes, an empty axis.
///
///     const auto images = tn::read_idx("train-images-idx3-ubyte.gz", 3);  // images.shape: (60000, 28, 28)
inline Idx read_idx(const std::filesystem::path& path, std::size_t rank) {
  Idx idx{std::vector<std::size_t>(rank), read_file(path)};
  const auto fail = [&](const std::string& why) { throw std::runtime_error(path.string() + ": " + why); };
  const auto word = [&](std::size_t i) {
    std::uint32_t value = 0;
    for (std::size_t k = 4 * i; k < 4 * i + 4; ++k) value = value << 8 | static_cast<unsigned char>(idx.bytes[k]);
    return value;
  };
  const auto hex = [](std::uint32_t value) {
    char text[11];
    std::snprintf(text, sizeof text, "0x%08x", static_cast<unsigned>(value));
    return std::string(text);
  };

  const std::size_t header = 4 + 4 * rank;
  if (idx.bytes.size() < header)
    fail("truncated: " + std::to_string(idx.bytes.size()) + " bytes, the IDX header alone has " + std::to_string(header));
  const auto magic = static_cast<std::uint32_t>(0x800 + rank);
  if (word(0) != magic)
    fail("magic number " + hex(word(0)) + ", expected " + hex(magic) + " (unsigned bytes, " + std::to_string(rank) +
         (rank == 1 ? " axis)" : " axes)"));

  const std::size_t found = idx.bytes.size() - header;
  std::size_t wanted = 1;
  std::string extents;
  bool beyond = false;  // more elements than the file has bytes; stops the product from overflowing
  for (std::size_t axis = 0; axis < rank; ++axis) {
    idx.shape[axis] = word(1 + axis);
    if (idx.shape[axis] == 0) fail("is empty: axis " + std::to_string(axis) + " has no elements");
    extents += (axis ? " x " : "") + std::to_string(idx.shape[axis]);
    beyond = beyond || wanted > found / idx.shape[axis];
    if (!beyond) wanted *= idx.shape[axis];
  }
  if (beyond) fail("truncated: " + std::to_string(found) + " bytes of data, the header promises " + extents);
  if (found > wanted) fail("has " + std::to_string(found - wanted) + " bytes more than the header's " + extents);
  return idx;
}

}  // namespace tenon
