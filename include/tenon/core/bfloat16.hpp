// Floats of 16 bits with the exponent of a float.
#pragma once

#include <bit>
#include <cstdint>

namespace tenon {

/// The value of a bfloat16: the upper half of a float. Exact.
constexpr float from_bfloat16(std::uint16_t bits) { return std::bit_cast<float>(static_cast<std::uint32_t>(bits) << 16); }

/// A bfloat16: 1 bit of sign, 8 of exponent, 7 of fraction.
///
///     static_assert(tn::Bfloat16(1.01f) == 1.0078125f);
struct Bfloat16 {
  std::uint16_t bits = 0;

  Bfloat16() = default;
  /// The nearest one, of two the even; NaN stays NaN. Subnormal floats (below 2^-126) become zero, as the instructions for it do that
  /// processors have.
  constexpr explicit Bfloat16(float x) {
    const auto all = std::bit_cast<std::uint32_t>(x);
    if (x != x) bits = static_cast<std::uint16_t>(all >> 16 | 0x40);
    else if ((all & 0x7f800000) == 0) bits = static_cast<std::uint16_t>(all >> 16 & 0x8000);
    else bits = static_cast<std::uint16_t>((all + 0x7fff + (all >> 16 & 1)) >> 16);
  }
  constexpr operator float() const { return from_bfloat16(bits); }
};

}  // namespace tenon
