// The exponential function and its relatives.
#pragma once

#include <type_traits>

#include <tenon/backend/cpu/vector.hpp>

namespace tenon::cpu::inline TENON_ISA {

/// Constants of the exponential function.
template <class T>
struct Exponent {
  static constexpr bool single = std::is_same_v<T, float>;
  static constexpr T highest = single ? T(89) : T(710), lowest = single ? T(-104) : T(-746);  // exp is infinite, or 0
  static constexpr T ln_2 = T(0.693147180559945309), ln_2_high = single ? T(0.693359375) : T(6.93145751953125e-1),
                     ln_2_low = single ? T(-2.12194440054690583e-4) : T(1.42860682030941723e-6);
  static constexpr int degree = single ? 7 : 13;  // of the series; the next term is below a tenth of the last bit

  static constexpr auto inverse_factorials = [] {
    struct { T at[14]; } inverse{};
    double factorial = 1;
    for (int k = 1; k < 14; ++k) inverse.at[k] = static_cast<T>(1 / (factorial *= k));
    return inverse;
  }();
};

/// x between low and high; NaN stays.
template <class T>
[[gnu::always_inline]] inline Vector<T> between(Vector<T> x, T low, T high) {
  return choose<T>(x < Vector<T>(low), Vector<T>(low), choose<T>(x > Vector<T>(high), Vector<T>(high), x));
}

/// exp(r) - 1 for |r| <= ln(2) / 2, by its Taylor series.
template <class T>
[[gnu::always_inline]] inline Vector<T> series(Vector<T> r) {
  using E = Exponent<T>;
  Vector<T> sum(E::inverse_factorials.at[E::degree]);
  for (int k = E::degree - 1; k >= 2; --k) sum = multiply_add<T>(sum, r, Vector<T>(E::inverse_factorials.at[k]));
  return multiply_add<T>(sum * r, r, r);
}

/// x - n ln 2.
template <class T>
[[gnu::always_inline]] inline Vector<T> reduced(Vector<T> x, Vector<T> n) {
  using E = Exponent<T>;
  return multiply_add<T>(n, Vector<T>(-E::ln_2_low), multiply_add<T>(n, Vector<T>(-E::ln_2_high), x));
}

/// exp(x) = 2^n exp(x - n ln 2).
template <class T>
[[gnu::always_inline]] inline Vector<T> exponential(Vector<T> x) {
  using V = Vector<T>;
  x = between<T>(x, Exponent<T>::lowest, Exponent<T>::highest);
  const V n = nearbyint(x * V(1 / Exponent<T>::ln_2));
  return scale<T>(series<T>(reduced<T>(x, n)) + V(T(1)), n);
}

/// 2^x.
template <class T>
[[gnu::always_inline]] inline Vector<T> exponential_of_two(Vector<T> x) {
  using V = Vector<T>;
  x = between<T>(x, Exponent<T>::single ? T(-152) : T(-1077), Exponent<T>::single ? T(129) : T(1025));
  const V n = nearbyint(x);
  return scale<T>(series<T>((x - n) * V(Exponent<T>::ln_2)) + V(T(1)), n);
}

/// exp(x) - 1 = 2^n (exp(r) - 1 + (1 - 2^-n)).
template <class T>
[[gnu::always_inline]] inline Vector<T> exponential_minus_one(Vector<T> x) {
  using V = Vector<T>;
  const V one(T(1)), y = between<T>(x, T(-40), Exponent<T>::highest);
  const V n = nearbyint(y * V(1 / Exponent<T>::ln_2));
  return choose<T>(x == V(T(0)), x, scale<T>(series<T>(reduced<T>(y, n)) + (one - scale<T>(one, -n)), n));
}

/// 1 / (1 + exp(-x)), by exp(-|x|): nothing overflows.
template <class T>
[[gnu::always_inline]] inline Vector<T> logistic(Vector<T> x) {
  const Vector<T> zero(T(0)), one(T(1)), e = exponential<T>(choose<T>(x < zero, x, -x));
  return choose<T>(x < zero, e, one) / (one + e);
}

}  // namespace tenon::cpu::inline TENON_ISA
