// Polynomials with constant coefficients.
#pragma once

#include <tenon/backend/cpu/vector.hpp>

namespace tenon::cpu::inline TENON_ISA {

/// at[0] + at[1] x + ... + at[Degree] x^Degree
template <class T, int Degree>
struct Polynomial {
  T at[Degree + 1];
};

template <class T, int Degree>
[[gnu::always_inline]] inline Vector<T> evaluate(const Polynomial<T, Degree>& p, Vector<T> x) {
  Vector<T> sum(p.at[Degree]);
#pragma GCC unroll 16
  for (int k = Degree - 1; k >= 0; --k) sum = multiply_add<T>(sum, x, Vector<T>(p.at[k]));
  return sum;
}

}  // namespace tenon::cpu::inline TENON_ISA
