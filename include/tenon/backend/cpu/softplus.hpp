// A smooth max(x, 0).
#pragma once

#include <tenon/backend/cpu/exponential.hpp>

namespace tenon::cpu::inline TENON_ISA {

/// log(1 + exp(x)) = max(x, 0) + log(1 + u) with u = exp(-|x|), and log(1 + u) = u + u^2 p(u) for 0 <= u <= 1.
template <class T>
[[gnu::always_inline]] inline Vector<T> softplus(Vector<T> x) {
  const Vector<T> positive = larger<T>(Vector<T>(T(0)), x), u = exponential_of_negative<T>(minus_abs<T>(x));
  if constexpr (Exponent<T>::single) {
    constexpr Polynomial<T, 8> p{-0.499999315f, 0.333304644f, -0.249580204f, 0.1969212f, -0.15344964f, 0.106613234f, -0.0574596673f, 0.0200877916f, -0.00329086347f};
    return positive + multiply_add<T>(evaluate<T>(p, u), u * u, u);
  } else {
    return positive + log1p(u);
  }
}

}  // namespace tenon::cpu::inline TENON_ISA
