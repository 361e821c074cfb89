// The random numbers of core/noise.hpp, several at a time.
#pragma once

#include <tenon/backend/cpu/arithmetic.hpp>
#include <tenon/core/noise.hpp>

namespace tenon::cpu::inline TENON_ISA {

/// uniform(position + lane, key) in every lane.
template <class T>
[[gnu::always_inline]] inline Vector<T> uniform_lanes(std::uint32_t position, std::uint32_t key) {
  if constexpr (std::is_same_v<T, float> && lanes<std::uint32_t> == lanes<float>) {
    using Bits = Vector<std::uint32_t>;
    Bits h = (Bits(position) + ramp<std::uint32_t>()) * Bits(0x9E3779B1u) + Bits(key);
    h = (h ^ (h >> 16)) * Bits(0x7FEB352Du);
    h = (h ^ (h >> 15) ^ Bits(key * 0x85EBCA6Bu)) * Bits(0x846CA68Bu);
    h = (h ^ (h >> 16)) >> 8;
    return to_float_lanes(h) * Vector<float>(0x1p-24f);
  } else {
    T numbers[static_cast<std::size_t>(lanes<T>)];
    for (int i = 0; i < lanes<T>; ++i) numbers[i] = static_cast<T>(uniform(position + static_cast<std::uint32_t>(i), key));
    return load(numbers);
  }
}

}  // namespace tenon::cpu::inline TENON_ISA
