// Reads safetensors files.
#pragma once

#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <tenon/io/half.hpp>
#include <tenon/io/safetensors_header.hpp>

namespace tenon {

/// A tensor that was read from a file: its shape and, in row-major order, its values.
struct LoadedTensor {
  std::vector<std::size_t> shape;
  std::vector<float> values;
};

/// A safetensors file (https://github.com/huggingface/safetensors#format), open for reading. The constructor reads and
/// checks the header; each tensor is read from the disk when it is asked for.
/// Throws std::runtime_error that starts with the path: no such file, or one that is not as the format says (the header
/// beyond the end of the file, invalid JSON, equal names, an unknown dtype, a shape that does not fit its bytes, tensors
/// that overlap, leave holes or reach beyond the file, bytes left over).
///
///     const tn::SafetensorsFile file("mnist_cnn.safetensors");
///     const auto [shape, values] = file.tensor("dense/kernel");
class SafetensorsFile {
 public:
  explicit SafetensorsFile(const std::filesystem::path& path) : path_(path.string()) {
    std::error_code error;
    if (!std::filesystem::exists(path, error)) fail("no such file");
    if (!std::filesystem::is_regular_file(path, error)) fail("is not a file");
    file_.open(path, std::ios::binary);
    if (!file_) fail("cannot be opened for reading");
    const std::uint64_t file_size = std::filesystem::file_size(path);
    if (file_size < 8) fail("truncated: " + std::to_string(file_size) + " bytes, a safetensors file has 8 at least");

    const std::uint64_t header_size = little_endian<std::uint64_t>(read(0, 8).data());
    if (header_size > header_limit)
      fail("a header of " + std::to_string(header_size) + " bytes, the format allows " + std::to_string(header_limit));
    if (header_size > file_size - 8)
      fail("truncated: a header of " + std::to_string(header_size) + " bytes, " + std::to_string(file_size - 8) + " are there");
    data_start_ = 8 + header_size;
    try {
      header_ = parse_safetensors_header(read(8, header_size), file_size - data_start_);
    } catch (const std::runtime_error& why) {
      fail(why.what());
    }
  }

  /// Where it lies, for messages.
  const std::string& path() const { return path_; }
  /// The texts that were saved with the tensors.
  const std::map<std::string, std::string>& metadata() const { return header_.metadata; }
  /// Name, dtype and shape of each tensor, in the order of the file.
  const std::vector<SafetensorsEntry>& entries() const { return header_.tensors; }

  bool contains(std::string_view name) const { return find(name) != nullptr; }

  /// The tensor of that name; F64, F16 and BF16 become float. Throws std::runtime_error: no tensor of that name, a dtype
  /// that is no floating-point type, a number of F64 that is too large for a float, a disk that fails.
  LoadedTensor tensor(std::string_view name) const { return {entry(name).shape, values<float>(entry(name))}; }
  /// The values of a tensor with the precision that the file has. Throws the same, but for numbers that are too large for a float.
  std::vector<double> doubles(std::string_view name) const { return values<double>(entry(name)); }

 private:
  static constexpr std::uint64_t header_limit = 100'000'000;  // as the format's own implementation has it

  [[noreturn]] void fail(const std::string& why) const { throw std::runtime_error(path_ + ": " + why); }

  const SafetensorsEntry* find(std::string_view name) const {
    for (const SafetensorsEntry& entry : header_.tensors)
      if (entry.name == name) return &entry;
    return nullptr;
  }
  const SafetensorsEntry& entry(std::string_view name) const {
    const SafetensorsEntry* entry = find(name);
    if (entry == nullptr) fail("holds no tensor '" + std::string(name) + "'");
    return *entry;
  }
  template <class T>
  std::vector<T> values(const SafetensorsEntry& entry) const {
    const std::string bytes = read(data_start_ + entry.begin, entry.end - entry.begin);
    const auto convert = [&](auto value_at, std::size_t size) {
      std::vector<T> values(bytes.size() / size);
      for (std::size_t i = 0; i < values.size(); ++i) {
        const auto value = value_at(bytes.data() + i * size);
        values[i] = static_cast<T>(value);
        if (std::isinf(values[i]) && !std::isinf(value))
          fail("tensor '" + entry.name + "': the number at index " + std::to_string(i) + " is too large for a float");
      }
      return values;
    };
    if (entry.dtype == "F32") return convert([](const char* p) { return std::bit_cast<float>(little_endian<std::uint32_t>(p)); }, 4);
    if (entry.dtype == "F64") return convert([](const char* p) { return std::bit_cast<double>(little_endian<std::uint64_t>(p)); }, 8);
    if (entry.dtype == "F16") return convert([](const char* p) { return from_float16(little_endian<std::uint16_t>(p)); }, 2);
    if (entry.dtype == "BF16") return convert([](const char* p) { return from_bfloat16(little_endian<std::uint16_t>(p)); }, 2);
    fail("tensor '" + entry.name + "' is " + entry.dtype + ", expected F32, F64, F16 or BF16");
  }
  std::string read(std::uint64_t position, std::uint64_t size) const {
    std::string bytes(size, '\0');
    file_.clear();
    file_.seekg(static_cast<std::streamoff>(position));
    file_.read(bytes.data(), static_cast<std::streamsize>(size));
    if (!file_) fail("cannot be read, or was changed meanwhile");
    return bytes;
  }
  template <class Word>
  static Word little_endian(const char* bytes) {
    Word word = 0;
    for (std::size_t i = sizeof(Word); i-- > 0;) word = static_cast<Word>(word << 8 | static_cast<unsigned char>(bytes[i]));
    return word;
  }

  std::string path_;
  mutable std::ifstream file_;
  std::uint64_t data_start_ = 0;
  SafetensorsHeader header_;
};

}  // namespace tenon
