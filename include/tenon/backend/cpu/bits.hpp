// Floating-point numbers taken apart and put together: powers of two, exponents and fractions.
#pragma once

#include <bit>
#include <limits>

#include <tenon/backend/cpu/arithmetic.hpp>

namespace tenon::cpu::inline TENON_ISA {

/// How a floating-point number lies in memory.
template <class T>
struct Layout {
  static constexpr bool single = std::is_same_v<T, float>;
  using Word = std::conditional_t<single, std::uint32_t, std::uint64_t>;
  static constexpr int digits = single ? 23 : 52, bias = single ? 127 : 1023;
  static constexpr T grid = single ? T(0x1.8p23) : T(0x1.8p52);  ///< the last bit of numbers of this size is 1: adding it rounds, and leaves a whole number in the last bits
};
template <class T>
using Bits = Vector<typename Layout<T>::Word>;

/// The bits of a number, and the number with these bits. What xsimd wants to be told about the result changed with version 9.
template <class T>
[[gnu::always_inline]] inline Bits<T> bits_of(Vector<T> x) {
  if constexpr (lanes<T> == 1) return Bits<T>(std::bit_cast<typename Layout<T>::Word>(x.x));
#if defined(TENON_HAS_XSIMD) && XSIMD_VERSION_MAJOR < 9
  else return xsimd::bitwise_cast<Bits<T>>(x);
#elif defined(TENON_HAS_XSIMD)
  else return xsimd::bitwise_cast<typename Layout<T>::Word>(x);
#endif
}
template <class T>
[[gnu::always_inline]] inline Vector<T> from_bits(Bits<T> x) {
  if constexpr (lanes<T> == 1) return Vector<T>(std::bit_cast<T>(x.x));
#if defined(TENON_HAS_XSIMD) && XSIMD_VERSION_MAJOR < 9
  else return xsimd::bitwise_cast<Vector<T>>(x);
#elif defined(TENON_HAS_XSIMD)
  else return xsimd::bitwise_cast<T>(x);
#endif
}

/// Scale<T>::by(a, n) = a 2^floor(n), where that is one instruction.
template <class T>
struct Scale {
  static constexpr bool exists = false;
};
#if defined(TENON_HAS_XSIMD) && defined(__AVX512F__)  // xsimd has no name for this instruction
template <>
struct Scale<float> {
  static constexpr bool exists = true;
  [[gnu::always_inline]] static Vector<float> by(Vector<float> a, Vector<float> n) { return Vector<float>(_mm512_scalef_ps(a, n)); }
};
#endif

/// x factor, rounded to n: a multiple of 2^-Fraction. The last bits of `bits` are (n + more) 2^Fraction.
template <class T, int Fraction = 0>
struct Rounded {
  using V = Vector<T>;
  V n;
  Bits<T> bits;

  static constexpr T grid(int more) { return Layout<T>::grid / (1 << Fraction) + T(more); }

  [[gnu::always_inline]] Rounded(V x, T factor, V grid) {
    const V sum = multiply_add<T>(x, V(factor), grid);
    n = sum - grid;
    bits = bits_of<T>(sum);
  }
  [[gnu::always_inline]] Rounded(V x, T factor, int more = 0) : Rounded(x, factor, V(grid(more))) {}

  /// 2^(n + more), if that is a normal number; `root` is 2^f for the fraction f of n, with the bits of f subtracted from its own.
  [[gnu::always_inline]] V power(V root = V(T(1))) const { return from_bits<T>((bits << (Layout<T>::digits - Fraction)) + bits_of<T>(root)); }
};

/// x = fraction 2^exponent with 3/4 <= fraction < 3/2, for x > 0 that is not infinite. `of_every_number`: zero and infinity are powers
/// of two here, and what is below zero has NaN for a fraction.
template <class T>
struct Parts {
  static constexpr bool of_every_number = Scale<T>::exists;
  Vector<T> fraction, exponent;

  [[gnu::always_inline]] explicit Parts(Vector<T> x) {
    using V = Vector<T>;
    using L = Layout<T>;
    using Word = typename L::Word;
#if defined(TENON_HAS_XSIMD) && defined(__AVX512F__)  // xsimd has no name for these instructions, which take denormal numbers as well
    if constexpr (of_every_number) {
      fraction = V(_mm512_getmant_ps(x, _MM_MANT_NORM_p75_1p5, _MM_MANT_SIGN_nan));
      exponent = V(_mm512_sub_ps(_mm512_getexp_ps(x), _mm512_getexp_ps(fraction)));
      return;
    }
#endif
    constexpr Word one = Word(L::bias) << L::digits, up_to_one = Word(1) << (L::digits - 1);  // the bits of 1, and how far those of 3/4 are from them
    constexpr T power = T(L::single ? 0x1p23 : 0x1p52), offset = power + T(L::bias);
    const auto tiny = x < V(std::numeric_limits<T>::min());
    const Bits<T> bits = bits_of<T>(choose<T>(tiny, x * V(power), x)), number = (bits + Bits<T>(up_to_one)) >> L::digits;
    fraction = from_bits<T>(bits - (number << L::digits) + Bits<T>(one));
    exponent = from_bits<T>(number | Bits<T>(Word(L::bias + L::digits) << L::digits)) - choose<T>(tiny, V(offset + T(L::digits)), V(offset));
  }
};

}  // namespace tenon::cpu::inline TENON_ISA
