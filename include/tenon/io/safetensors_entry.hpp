// What a safetensors file holds.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace tenon {

/// One tensor of a safetensors file: its place is begin … end, in bytes behind the header.
struct SafetensorsEntry {
  std::string name;
  std::string dtype;  ///< "F32", "BF16", … as in the file
  std::vector<std::size_t> shape;
  std::size_t begin = 0;
  std::size_t end = 0;
};

/// The header of a safetensors file.
struct SafetensorsHeader {
  std::vector<SafetensorsEntry> tensors;  ///< by their place in the file
  std::map<std::string, std::string> metadata;
};

/// The bytes of one element of a safetensors dtype; 0 for an unknown one.
constexpr std::size_t safetensors_bytes(std::string_view dtype) {
  for (const std::string_view one : {"BOOL", "U8", "I8", "F8_E4M3", "F8_E5M2", "F8_E8M0"})
    if (dtype == one) return 1;
  for (const std::string_view two : {"U16", "I16", "F16", "BF16"})
    if (dtype == two) return 2;
  for (const std::string_view four : {"U32", "I32", "F32"})
    if (dtype == four) return 4;
  for (const std::string_view eight : {"U64", "I64", "F64", "C64"})
    if (dtype == eight) return 8;
  return 0;
}

}  // namespace tenon
