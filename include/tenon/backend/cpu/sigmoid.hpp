// The logistic function.
#pragma once

#include <tenon/backend/cpu/exponential.hpp>

namespace tenon::cpu::inline TENON_ISA {

/// 1 / (1 + exp(-x)) = m / (1 + e) with e = exp(-|x|), and m = e for x < 0, otherwise 1. That is m + m q with q = -e / (1 + e), where
/// what rounding did to q does less harm.
template <class T>
[[gnu::always_inline]] inline Vector<T> logistic(Vector<T> x) {
  using V = Vector<T>;
  const V one(T(1)), e = exponential_of_negative<T>(minus_abs<T>(x)), q = quotient<T>(e, V(T(-1)) - e), m = choose_by_sign<T>(x, e, one);
  return multiply_add<T>(m, q, m);
}

}  // namespace tenon::cpu::inline TENON_ISA
