// Polynomials with constant coefficients.
#pragma once

#include <tenon/backend/cpu/arithmetic.hpp>

namespace tenon::cpu::inline TENON_ISA {

/// at[0] + at[1] x + ... + at[Degree] x^Degree
template <class T, int Degree>
struct Polynomial {
  T at[Degree + 1];
};

/// (at[0] + at[1] x) + (at[2] + at[3] x) x^2 + ...: one multiplication more than Horner's scheme, and half as many steps that wait for
/// one another.
template <class T, int Degree>
[[gnu::always_inline]] inline Vector<T> evaluate(const Polynomial<T, Degree>& p, Vector<T> x) {
  using V = Vector<T>;
  const auto pair = [&](int k) __attribute__((always_inline)) { return multiply_add<T>(x, V(p.at[k + 1]), V(p.at[k])); };
  const V square = x * x;
  V sum = Degree % 2 ? pair(Degree - 1) : V(p.at[Degree]);
#pragma GCC unroll 16
  for (int k = (Degree - 1) / 2 * 2 - (Degree % 2 ? 2 : 0); k >= 0; k -= 2) sum = multiply_add<T>(sum, square, pair(k));
  return sum;
}

}  // namespace tenon::cpu::inline TENON_ISA
