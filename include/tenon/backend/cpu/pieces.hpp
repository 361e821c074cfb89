// Odd functions that grow to 1, in 32 pieces.
#pragma once

#include <tenon/backend/cpu/lanes.hpp>

namespace tenon::cpu::inline TENON_ISA {

/// f(k width + d) = at[0][k] + at[1][k] d + ... for k = 0, ..., 31 and 0 <= d <= width; beyond that f is 1. A piece's coefficients are
/// those with the smallest relative error, rounded one after another.
template <int Degree>
struct Pieces {
  float width;
  alignas(64) float at[Degree + 1][32];
};

/// f(|x|) with the sign of x. The coefficients of a piece come out of registers: that takes fewer instructions than a formula, and no division.
template <class T, int Degree>
[[gnu::always_inline]] inline Vector<T> evaluate(const Pieces<Degree>& f, Vector<T> x) {
  using V = Vector<T>;
  using L = Lookup<T>;
  const V size = smaller<T>(V(31.99f * f.width), abs(x)), k = floor(size * V(1 / f.width)), d = multiply_add<T>(k, V(-f.width), size);
  const auto piece = L::numbers(k);
  V y = L::at(f.at[Degree], piece);
#pragma GCC unroll 8
  for (int i = Degree - 1; i >= 0; --i) y = multiply_add<T>(y, d, L::at(f.at[i], piece));
  return with_sign_of<T>(y, x);
}

}  // namespace tenon::cpu::inline TENON_ISA
