// The natural logarithm.
#pragma once

#include <limits>

#include <tenon/backend/cpu/exponential.hpp>

namespace tenon::cpu::inline TENON_ISA {

/// Denormal numbers, which xsimd's logarithms take for larger ones, are multiplied by 2^64.
template <class T, class F>
[[gnu::always_inline]] inline Vector<T> with_denormals(Vector<T> x, double log_of_2, F log_of) {
  const auto tiny = x < Vector<T>(std::numeric_limits<T>::min());
  const Vector<T> y = log_of(choose<T>(tiny, x * Vector<T>(T(0x1p64)), x));
  return choose<T>(tiny, y - Vector<T>(static_cast<T>(64 * log_of_2)), y);
}

/// log(x) = n ln 2 + log(1 + f), and log(1 + f) = f - f^2 / 2 + f^3 p(f) for -1/4 <= f <= 1/2.
template <class T>
[[gnu::always_inline]] inline Vector<T> logarithm(Vector<T> x) {
  using V = Vector<T>;
  if constexpr (Exponent<T>::single) {
    constexpr Polynomial<float, 8> p{-0.5f, 0.333334506f, -0.250001103f, 0.19990848f, -0.166468784f, 0.1447763f, -0.131639376f, 0.104725569f, -0.0451523289f};
    const Parts<T> part(x);
    const V f = part.fraction - V(T(1)), low = multiply_add<T>(part.exponent, V(Exponent<T>::ln_2_low), f * f * evaluate<T>(p, f));
    const V y = multiply_add<T>(part.exponent, V(Exponent<T>::ln_2_high), low + f);
    if constexpr (Parts<T>::of_every_number) return y;
    constexpr T infinity = std::numeric_limits<T>::infinity();
    const V zero(T(0)), at_most_zero = choose<T>(x == zero, V(-infinity), V(std::numeric_limits<T>::quiet_NaN()));
    return choose<T>(x > zero, choose<T>(x == V(infinity), x, y), at_most_zero);
  } else {
    return with_denormals<T>(x, 0.693147180559945309, [](V y) __attribute__((always_inline)) { return log(y); });
  }
}

}  // namespace tenon::cpu::inline TENON_ISA
