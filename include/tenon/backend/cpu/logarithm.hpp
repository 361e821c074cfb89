// The natural logarithm, and softplus.
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
  if constexpr (Parts<T>::exists) {
    constexpr Polynomial<float, 8> p{-0.5f, 0.333334506f, -0.250001103f, 0.19990848f, -0.166468784f, 0.1447763f, -0.131639376f, 0.104725569f, -0.0451523289f};
    const Parts<T> part(x);
    const V f = part.fraction - V(T(1)), low = multiply_add<T>(part.exponent, V(Exponent<T>::ln_2_low), f * f * evaluate<T>(p, f));
    return multiply_add<T>(part.exponent, V(Exponent<T>::ln_2_high), low + f);
  } else {
    return with_denormals<T>(x, 0.693147180559945309, [](V y) __attribute__((always_inline)) { return log(y); });
  }
}

/// log(1 + exp(x)) = max(x, 0) + log(1 + u) with u = exp(-|x|), and log(1 + u) = u p(u) for 0 <= u <= 1.
template <class T>
[[gnu::always_inline]] inline Vector<T> softplus(Vector<T> x) {
  const Vector<T> positive = larger<T>(Vector<T>(T(0)), x), u = exponential_of_negative<T, true>(-abs(x));
  if constexpr (Exponent<T>::single) {
    constexpr Polynomial<T, 9> p{1, -0.499999315f, 0.333304644f, -0.249580204f, 0.196921229f, -0.153449923f, 0.106614254f, -0.0574614108f, 0.0200892109f, -0.00329130725f};
    return multiply_add<T>(evaluate<T>(p, u), u, positive);
  } else {
    return positive + log1p(u);
  }
}

}  // namespace tenon::cpu::inline TENON_ISA
