// Floats of 16 bits, as they are stored in files.
#pragma once

#include <bit>
#include <cstdint>

#include <tenon/core/bfloat16.hpp>

namespace tenon {

/// The value of an IEEE 754 binary16: 1 bit of sign, 5 of exponent, 10 of fraction. Exact.
constexpr float from_float16(std::uint16_t bits) {
  const std::uint32_t sign = static_cast<std::uint32_t>(bits & 0x8000) << 16;
  const std::uint32_t exponent = bits >> 10 & 31;
  const std::uint32_t fraction = bits & 1023;
  if (exponent == 0) {  // zero and the subnormal numbers: fraction / 2^24
    const float magnitude = static_cast<float>(fraction) * 0x1p-24f;
    return sign != 0 ? -magnitude : magnitude;
  }
  const std::uint32_t wide = exponent == 31 ? 255 : exponent + (127 - 15);  // 31: infinity and NaN
  return std::bit_cast<float>(sign | wide << 23 | fraction << 13);
}

}  // namespace tenon
