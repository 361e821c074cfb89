// The type of a tensor's elements.
#pragma once

namespace tenon {

/// What the elements of a value are. Tracing makes `float32` and `int32`; a numeric policy is a pass that changes them.
enum class DType : unsigned char { float32, int32, float64, bfloat16, float16, int8 };

constexpr int bytes_of(DType type) {
  switch (type) {
    case DType::float64: return 8;
    case DType::bfloat16:
    case DType::float16: return 2;
    case DType::int8: return 1;
    default: return 4;
  }
}
constexpr bool is_integer(DType type) { return type == DType::int32 || type == DType::int8; }
constexpr const char* name_of(DType type) {
  constexpr const char* names[] = {"float32", "int32", "float64", "bfloat16", "float16", "int8"};
  return names[static_cast<int>(type)];
}

}  // namespace tenon
