// Writes safetensors files.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <set>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <tenon/io/atomic_file.hpp>
#include <tenon/io/json.hpp>

namespace tenon {

/// A tensor to be written: its name, its shape, and where its values lie in row-major order; they are not copied.
///
///     const xt::xtensor<float, 2> kernel = …;
///     const tn::NamedTensor tensor{"kernel", {kernel.shape(0), kernel.shape(1)}, kernel.data()};
struct NamedTensor {
  std::string name;
  std::vector<std::size_t> shape;
  const float* data = nullptr;
  const double* doubles = nullptr;  ///< instead of `data`: the values are written with the precision of a double
};

namespace detail {

inline std::size_t bytes_of(const NamedTensor& tensor) {
  std::size_t bytes = tensor.doubles ? sizeof(double) : sizeof(float);
  for (const std::size_t extent : tensor.shape) bytes *= extent;
  return bytes;
}

// The JSON in front of the tensors.
inline std::string safetensors_header(std::span<const NamedTensor> tensors, const std::map<std::string, std::string>& metadata) {
  std::string json = "{";
  const auto key = [&](std::string_view name) {
    if (json.back() != '{') json += ',';
    json += json_string(name);
    json += ':';
  };
  const auto list = [&](std::span<const std::size_t> sizes) {
    json += '[';
    for (const std::size_t size : sizes) {
      if (json.back() != '[') json += ',';
      json += std::to_string(size);
    }
    json += ']';
  };

  if (!metadata.empty()) {
    key("__metadata__");
    json += '{';
    for (const auto& [name, text] : metadata) key(name), json += json_string(text);
    json += '}';
  }
  std::set<std::string_view> names;
  std::size_t end = 0;
  for (const NamedTensor& tensor : tensors) {
    if (tensor.name == "__metadata__") throw std::runtime_error("a tensor cannot be named '__metadata__'");
    if (!names.insert(tensor.name).second) throw std::runtime_error("two tensors are named '" + tensor.name + "'");
    if (tensor.data == nullptr && tensor.doubles == nullptr && bytes_of(tensor) > 0) throw std::runtime_error("tensor '" + tensor.name + "' has no data");
    const std::size_t begin = end;
    end += bytes_of(tensor);
    key(tensor.name);
    json += "{\"data_offsets\":";
    list(std::array{begin, end});
    json += tensor.doubles ? ",\"dtype\":\"F64\",\"shape\":" : ",\"dtype\":\"F32\",\"shape\":";
    list(tensor.shape);
    json += '}';
  }
  return json + '}';
}

// The values in little-endian order.
template <class T>
void write_values(AtomicFile& file, const T* values, std::size_t bytes) {
  if constexpr (std::endian::native == std::endian::little) {
    file.write(values, bytes);
  } else {
    for (std::size_t i = 0; i < bytes / sizeof(T); ++i) {
      auto value = std::bit_cast<std::array<unsigned char, sizeof(T)>>(values[i]);
      std::reverse(value.begin(), value.end());
      file.write(value.data(), value.size());
    }
  }
}

}  // namespace detail

/// Writes tensors of floats (or doubles) and texts about them as a safetensors file (https://github.com/huggingface/safetensors#format),
/// in the given order; the same input gives the same bytes. The file is replaced as a whole or not at all (`AtomicFile`).
/// Throws std::runtime_error that starts with the path: two tensors of one name, a name that is "__metadata__" or no valid
/// UTF-8, a tensor without data, a full disk or another failure of the system; an existing file is then as before.
///
///     const tn::NamedTensor tensors[] = {{"kernel", {784, 10}, kernel.data()}, {"bias", {10}, bias.data()}};
///     tn::write_safetensors("softmax.safetensors", tensors, {{"made by", "me"}});
inline void write_safetensors(const std::filesystem::path& path, std::span<const NamedTensor> tensors,
                              const std::map<std::string, std::string>& metadata = {}) {
  std::string text;
  try {
    text = detail::safetensors_header(tensors, metadata);
  } catch (const std::runtime_error& why) {
    throw std::runtime_error(path.string() + ": " + why.what());
  }
  text.resize((text.size() + 7) / 8 * 8, ' ');  // so that the tensors behind it are aligned

  AtomicFile file(path);
  std::array<unsigned char, 8> size;
  for (std::size_t i = 0; i < 8; ++i) size[i] = static_cast<unsigned char>(std::uint64_t{text.size()} >> 8 * i);
  file.write(size.data(), size.size());
  file.write(text.data(), text.size());
  for (const NamedTensor& tensor : tensors) {
    if (tensor.doubles) detail::write_values(file, tensor.doubles, detail::bytes_of(tensor));
    else detail::write_values(file, tensor.data, detail::bytes_of(tensor));
  }
  file.commit();
}

}  // namespace tenon
