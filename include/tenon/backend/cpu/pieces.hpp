// Functions of numbers that are not negative, in eight pieces.
#pragma once

#include <tenon/backend/cpu/lanes.hpp>

namespace tenon::cpu::inline TENON_ISA {

/// f(start + d) = at[0][k] + at[1][k] d + ..., where the pieces start where 1 + x / width is 1, 1.5, 2, 3, 4, 6, 8 and 12, and the last ends
/// where that is 16: short ones where functions bend, and a number says by the first bits of its mantissa where it belongs. The last three
/// of these bits are k, so that the piece at 2 comes first. A piece's coefficients are those with the smallest relative error, rounded one after another.
template <int Degree>
struct Pieces {
  float width;
  alignas(32) float at[Degree + 1][8];
};

/// f(x). The coefficients of a piece come out of registers where there is an instruction for it: that takes fewer instructions than a
/// formula, and no division.
template <class T, int Degree>
[[gnu::always_inline]] inline Vector<T> evaluate(const Pieces<Degree>& f, Vector<T> x) {
  using V = Vector<T>;
  using L = Layout<T>;
  const V place = multiply_add<T>(x, V(1 / f.width), V(T(1)));
  const Bits<T> piece = bits_of<T>(place) >> (L::digits - 1);
  const V start = multiply_add<T>(from_bits<T>(piece << (L::digits - 1)), V(f.width), V(-f.width)), d = x - start;
  // All but the first term in pairs: in Horner's scheme twice as many steps wait for one another. The first is added last, rounded once.
  const auto pair = [&](int k) __attribute__((always_inline)) { return multiply_add<T>(pick<T>(f.at[k + 1], piece), d, pick<T>(f.at[k], piece)); };
  const V square = d * d;
  V y = Degree % 2 ? pick<T>(f.at[Degree], piece) : pair(Degree - 1);
#pragma GCC unroll 8
  for (int k = Degree - 3 + Degree % 2; k > 0; k -= 2) y = multiply_add<T>(y, square, pair(k));
  return multiply_add<T>(y, d, pick<T>(f.at[0], piece));
}

}  // namespace tenon::cpu::inline TENON_ISA
