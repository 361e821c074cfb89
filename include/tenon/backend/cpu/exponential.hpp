// The exponential function and its relatives.
#pragma once

#include <type_traits>

#include <tenon/backend/cpu/bits.hpp>
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
  return multiply_add<T>(evaluate<T>(Exponent<T>::rest, r), r * r, r);
}

/// x - n ln 2.
template <class T>
[[gnu::always_inline]] inline Vector<T> reduced(Vector<T> x, Vector<T> n) {
  using E = Exponent<T>;
  return multiply_add<T>(n, Vector<T>(-E::ln_2_low), multiply_add<T>(n, Vector<T>(-E::ln_2_high), x));
}

/// 2^(k / 8), rounded; and the same less the bits of k / 8, as `Rounded::power` wants it.
struct EighthsOfTwo {
  alignas(32) float at[8], without_number[8];
};
inline constexpr EighthsOfTwo eighths_of_two = [] {
  EighthsOfTwo roots{{1, 1.09050775f, 1.18920708f, 1.29683959f, 1.41421354f, 1.54221082f, 1.68179286f, 1.83400810f}, {}};
  for (std::uint32_t k = 0; k < 8; ++k) roots.without_number[k] = std::bit_cast<float>(std::bit_cast<std::uint32_t>(roots.at[k]) - (k << 20));
  return roots;
}();

/// Where one instruction picks from a table, the n in exp(x) = 2^n exp(r) is a multiple of 1/8, which makes r small and its polynomial short.
template <class T>
struct Power : Rounded<T, picks<T> ? 3 : 0> {
  using V = Vector<T>;
  static constexpr bool tabulated = picks<T>;
  using Rounded<T, tabulated ? 3 : 0>::Rounded;

  /// 2^n exp(r) as 2^(n + more) exp(r) last: for what is no normal number.
  [[gnu::always_inline]] V times_exponential(V r, V last) const {
    if constexpr (Scale<T>::exists) {
      const V root = pick<T>(eighths_of_two.at, this->bits);
      return Scale<T>::by(multiply_add<T>(root, rest(r), root), this->n);
    } else {
      V power;
      if constexpr (tabulated) power = this->power(pick<T>(eighths_of_two.without_number, this->bits));
      else power = this->power();
      return multiply_add<T>(power, rest(r), power) * last;
    }
  }
  /// The same for n <= 0: the power is not infinite, and can be there before r is.
  [[gnu::always_inline]] V at_most_one_times_exponential(V r, V last) const {
    if constexpr (Scale<T>::exists) {
      const V power = Scale<T>::by(pick<T>(eighths_of_two.at, this->bits), this->n);
      return multiply_add<T>(power, rest(r), power);
    } else {
      return times_exponential(r, last);
    }
  }

 private:
  [[gnu::always_inline]] static V rest(V r) {
    // float: but for 2^-32. (A term less would be enough for exp itself, but not for what a sigmoid makes of it.)
    if constexpr (tabulated) return multiply_add<T>(evaluate<T>(Polynomial<T, 2>{0.5f, 0.166680202f, 0.0416671671f}, r), r * r, r);
    else return small_exponential_minus_one<T>(r);
  }
};

/// How many powers of two a result that may be too small for a normal number is too large until the end.
template <class T>
struct Ahead {
  static constexpr int exponent = Exponent<T>::single ? 64 : 512;
  static constexpr T back = Exponent<T>::single ? T(0x1p-64) : T(0x1p-512);
};

/// 2^n exp(r) for n = x per_one and r = reduce(x, n). What leads to infinity, or to no normal number, is rare and takes a way of its own.
/// Otherwise the power is halved until the end, since it may be 2^128, or its like.
template <class T, class Reduce>
[[gnu::always_inline]] inline Vector<T> exponential(Vector<T> x, T per_one, T lowest, T highest, T normal, Reduce reduce) {
  using V = Vector<T>;
  if constexpr (Scale<T>::exists) {
    x = between<T>(x, lowest, highest);
    const Power<T> power(x, per_one);
    return power.times_exponential(reduce(x, power.n), V(T(1)));
  } else {
    V grid(Power<T>::grid(-1)), last(T(2));
    if (any(abs(x) > V(normal))) {
      const auto tiny = x < V(-normal);
      x = between<T>(x, lowest, highest);
      grid = choose<T>(tiny, V(Power<T>::grid(Ahead<T>::exponent)), grid), last = choose<T>(tiny, V(Ahead<T>::back), last);
    }
    const Power<T> power(x, per_one, grid);
    return power.times_exponential(reduce(x, power.n), last);
  }
}

template <class T>
[[gnu::always_inline]] inline Vector<T> exponential(Vector<T> x) {
  using E = Exponent<T>;
  return exponential<T>(x, 1 / E::ln_2, E::lowest, E::highest, E::single ? T(86) : T(707), [](Vector<T> y, Vector<T> n) __attribute__((always_inline)) { return reduced<T>(y, n); });
}
/// exp(x) for x <= 0.
template <class T>
[[gnu::always_inline]] inline Vector<T> exponential_of_negative(Vector<T> x) {
  using A = Ahead<T>;
  x = larger<T>(Vector<T>(Exponent<T>::lowest), x);
  const Power<T> power(x, 1 / Exponent<T>::ln_2, A::exponent);
  return power.at_most_one_times_exponential(reduced<T>(x, power.n), Vector<T>(A::back));
}

/// 2^x.
template <class T>
[[gnu::always_inline]] inline Vector<T> exponential_of_two(Vector<T> x) {
  using E = Exponent<T>;
  constexpr T highest = E::single ? T(128) : T(1024), lowest = E::single ? T(-152) : T(-1077);
  return exponential<T>(x, 1, lowest, highest, highest - 4, [](Vector<T> y, Vector<T> n) __attribute__((always_inline)) { return (y - n) * Vector<T>(E::ln_2); });
}

/// exp(x) - 1 = 2^n (exp(r) - 1 + (1 - 2^-n)); the power is halved until the end, because the largest is no number.
template <class T>
[[gnu::always_inline]] inline Vector<T> exponential_minus_one(Vector<T> x) {
  using V = Vector<T>;
  const V y = between<T>(x, T(-40), Exponent<T>::highest);
  const Rounded<T> n(y, 1 / Exponent<T>::ln_2, -1);
  const V power = n.power(), rest = small_exponential_minus_one<T>(reduced<T>(y, n.n)), half = multiply_add<T>(power, rest, power - V(T(0.5)));
  return choose<T>(x == V(T(0)), x, half + half);
}

}  // namespace tenon::cpu::inline TENON_ISA
