// The exponential function and its relatives.
#pragma once

#include <type_traits>

#include <tenon/backend/cpu/lanes.hpp>
#include <tenon/backend/cpu/polynomial.hpp>

namespace tenon::cpu::inline TENON_ISA {

/// Constants of the exponential function.
template <class T>
struct Exponent {
  static constexpr bool single = std::is_same_v<T, float>;
  static constexpr T highest = single ? T(89) : T(710), lowest = single ? T(-104) : T(-746);  // exp is infinite, or 0
  static constexpr T ln_2 = T(0.693147180559945309), ln_2_high = T(0.693145751953125), ln_2_low = T(1.42860682030941723e-6);  // the high one times n is exact
  static constexpr int degree = single ? 4 : 11;

  /// (exp(r) - 1 - r) / r^2 for |r| <= ln(2) / 2. float: the polynomial with the smallest relative error, 2^-28 of exp(r). double: the
  /// Taylor series, whose next term is below a tenth of the last bit.
  static constexpr Polynomial<T, degree> rest = [] {
    if constexpr (single) {
      return Polynomial<T, degree>{0.49999994f, 0.166665211f, 0.041668281f, 0.0083686905f, 0.00138194906f};
    } else {
      Polynomial<T, degree> p{};
      double factorial = 1;
      for (int k = 0; k <= degree; ++k) p.at[k] = static_cast<T>(1 / (factorial *= k + 2));
      return p;
    }
  }();
};

/// x between low and high; NaN stays.
template <class T>
[[gnu::always_inline]] inline Vector<T> between(Vector<T> x, T low, T high) {
  return larger<T>(Vector<T>(low), smaller<T>(Vector<T>(high), x));
}

/// exp(r) - 1 for |r| <= ln(2) / 2, to the last bits also where it is small.
template <class T>
[[gnu::always_inline]] inline Vector<T> small_exponential_minus_one(Vector<T> r) {
  return multiply_add<T>(evaluate<T>(Exponent<T>::rest, r) * r, r, r);
}
/// exp(r), in one instruction less than with 1 added to that.
template <class T>
[[gnu::always_inline]] inline Vector<T> small_exponential(Vector<T> r) {
  const Vector<T> one(T(1));
  return multiply_add<T>(multiply_add<T>(evaluate<T>(Exponent<T>::rest, r), r, one), r, one);
}

/// x - n ln 2.
template <class T>
[[gnu::always_inline]] inline Vector<T> reduced(Vector<T> x, Vector<T> n) {
  using E = Exponent<T>;
  return multiply_add<T>(n, Vector<T>(-E::ln_2_low), multiply_add<T>(n, Vector<T>(-E::ln_2_high), x));
}

/// 2^(k / 16), rounded.
alignas(64) inline constexpr float sixteenths_of_two[16] = {
    1.f,         1.04427373f, 1.09050775f, 1.13878858f, 1.18920708f, 1.24185777f, 1.29683959f, 1.35425556f,
    1.41421354f, 1.47682619f, 1.54221082f, 1.61049032f, 1.68179286f, 1.75625217f, 1.83400810f, 1.91520655f};

/// What the rounding of those left out.
alignas(64) inline constexpr float sixteenths_left[16] = {
    0,              4.83347016e-08f, -1.30775399e-08f, 5.38622231e-08f,  3.79763527e-08f,  4.4968381e-08f,   -4.01899953e-08f, -1.01233493e-08f,
    2.4203235e-08f, -4.50089885e-08f, 8.07090483e-09f, 9.83621717e-09f, -2.47553267e-08f, -9.23577037e-09f, -1.1239278e-08f,  9.84532811e-09f};

/// exp(x) = 2^n exp(x - n ln 2), for x between what `Exponent` calls the lowest and the highest. Where a register holds a table, n is
/// a multiple of 1/16, so that the rest is small and its polynomial short; `Exact` then
/// makes the error 0.6 instead of 1 of the last bit, for what goes on computing with it.
template <class T, bool Exact = false>
[[gnu::always_inline]] inline Vector<T> bounded_exponential(Vector<T> x) {
  using V = Vector<T>;
  if constexpr (Lookup<T>::exists) {
    const V grid(0x1.8p19f);  // the last bit of a number of this size is 1/16: adding it rounds, and leaves 16 n in the last bits
    const V rounded = multiply_add<T>(x, V(1 / Exponent<T>::ln_2), grid), n = rounded - grid, r = reduced<T>(x, n);
    const auto k = Lookup<T>::last_bits(rounded);
    const V power = Lookup<T>::at(load(sixteenths_of_two), k);
    const V q = multiply_add<T>(multiply_add<T>(r, V(0.166668355f), V(0.500016212f)), r * r, r);  // exp(r) - 1, but for 2^-29
    if constexpr (Exact) return scale<T>(power + multiply_add<T>(power, q, Lookup<T>::at(load(sixteenths_left), k)), n);
    else return scale<T>(multiply_add<T>(power, q, power), n);  // by 2^floor(n)
  } else {
    const V n = nearbyint(x * V(1 / Exponent<T>::ln_2));
    return scale<T>(small_exponential<T>(reduced<T>(x, n)), n);
  }
}
template <class T>
[[gnu::always_inline]] inline Vector<T> exponential(Vector<T> x) {
  return bounded_exponential<T>(between<T>(x, Exponent<T>::lowest, Exponent<T>::highest));
}
/// exp(x) for x <= 0.
template <class T, bool Exact = false>
[[gnu::always_inline]] inline Vector<T> exponential_of_negative(Vector<T> x) {
  return bounded_exponential<T, Exact>(larger<T>(Vector<T>(Exponent<T>::lowest), x));
}

/// 2^x.
template <class T>
[[gnu::always_inline]] inline Vector<T> exponential_of_two(Vector<T> x) {
  using V = Vector<T>;
  x = between<T>(x, Exponent<T>::single ? T(-152) : T(-1077), Exponent<T>::single ? T(129) : T(1025));
  const V n = nearbyint(x);
  return scale<T>(small_exponential<T>((x - n) * V(Exponent<T>::ln_2)), n);
}

/// exp(x) - 1 = 2^n (exp(r) - 1 + (1 - 2^-n)).
template <class T>
[[gnu::always_inline]] inline Vector<T> exponential_minus_one(Vector<T> x) {
  using V = Vector<T>;
  const V one(T(1)), y = between<T>(x, T(-40), Exponent<T>::highest);
  const V n = nearbyint(y * V(1 / Exponent<T>::ln_2));
  return choose<T>(x == V(T(0)), x, scale<T>(small_exponential_minus_one<T>(reduced<T>(y, n)) + (one - scale<T>(one, -n)), n));
}

/// 1 / (1 + exp(-x)) as e / (1 + e) with e = exp(x): no small result is lost, and the bound keeps e from infinity where the result is 1.
template <class T>
[[gnu::always_inline]] inline Vector<T> logistic(Vector<T> x) {
  const Vector<T> e = bounded_exponential<T, true>(between<T>(x, Exponent<T>::lowest, Exponent<T>::single ? T(20) : T(40)));
  return quotient<T>(e, Vector<T>(T(1)) + e);
}

}  // namespace tenon::cpu::inline TENON_ISA
