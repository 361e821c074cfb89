// Arithmetic with vectors: one instruction where the machine has one, whatever the version of xsimd says.
#pragma once

#include <tenon/backend/cpu/vector.hpp>

namespace tenon::cpu::inline TENON_ISA {

/// a * b + c, rounded once where the machine can.
template <class T>
[[gnu::always_inline]] inline Vector<T> multiply_add(Vector<T> a, Vector<T> b, Vector<T> c) {
  if constexpr (lanes<T> == 1) {
    return a * b + c;
  } else {
#if defined(TENON_HAS_XSIMD) && defined(__AVX512F__)  // xsimd 8.1 computes x * y + z, which only g++ contracts
    if constexpr (is_vector_of<T, float, 16>) return Vector<T>(_mm512_fmadd_ps(a, b, c));
    if constexpr (is_vector_of<T, double, 8>) return Vector<T>(_mm512_fmadd_pd(a, b, c));
#endif
    return fma(a, b, c);
  }
}

/// a / b, rounded to the nearest.
template <class T>
[[gnu::always_inline]] inline Vector<T> quotient(Vector<T> a, Vector<T> b) {
#if defined(TENON_HAS_XSIMD) && defined(__aarch64__)  // xsimd multiplies by an approximate reciprocal, which is NaN or infinite for some numbers
  if constexpr (is_vector_of<T, float, 4>) return Vector<T>(vdivq_f32(a, b));
#endif
  return a / b;
}
/// The square root, rounded to the nearest.
template <class T>
[[gnu::always_inline]] inline Vector<T> square_root(Vector<T> a) {
#if defined(TENON_HAS_XSIMD) && defined(__aarch64__)  // as above: xsimd 8.1 gives NaN for infinity
  if constexpr (is_vector_of<T, float, 4>) return Vector<T>(vsqrtq_f32(a));
#endif
  return sqrt(a);
}

/// x^2 - square, where square is x * x as the machine rounds it.
template <class T>
[[gnu::always_inline]] inline Vector<T> rounding_of_square(Vector<T> x, Vector<T> square) {
#if defined(__FMA__) || defined(__AVX512F__) || defined(__aarch64__)
  return multiply_add<T>(x, x, -square);
#else
  const Vector<T> shifted = x * Vector<T>(std::is_same_v<T, float> ? T(0x1p12 + 1) : T(0x1p27 + 1)), high = shifted - (shifted - x), low = x - high;  // Dekker's halves, whose products are exact
  return ((high * high - square) + (high + high) * low) + low * low;
#endif
}

/// Lane by lane: condition ? a : b.
template <class T, class Mask>
[[gnu::always_inline]] inline Vector<T> choose(Mask condition, Vector<T> a, Vector<T> b) {
  if constexpr (lanes<T> == 1) {
    return condition ? a : b;
  } else {
    return select(condition, a, b);
  }
}

/// Lane by lane: a > b ? a : b, which is b where one of them is NaN. On x86 that is one instruction, where a comparison and a choice take
/// four times as long; what xsimd's own max gives for NaN differs from version to version.
template <class T>
[[gnu::always_inline]] inline Vector<T> larger(Vector<T> a, Vector<T> b) {
#if defined(TENON_HAS_XSIMD) && defined(__AVX512F__)
  if constexpr (is_vector_of<T, float, 16>) return Vector<T>(_mm512_max_ps(a, b));
  if constexpr (is_vector_of<T, double, 8>) return Vector<T>(_mm512_max_pd(a, b));
#elif defined(TENON_HAS_XSIMD) && defined(__AVX__)
  if constexpr (is_vector_of<T, float, 8>) return Vector<T>(_mm256_max_ps(a, b));
  if constexpr (is_vector_of<T, double, 4>) return Vector<T>(_mm256_max_pd(a, b));
#elif defined(TENON_HAS_XSIMD) && defined(__SSE2__)
  if constexpr (is_vector_of<T, float, 4>) return Vector<T>(_mm_max_ps(a, b));
  if constexpr (is_vector_of<T, double, 2>) return Vector<T>(_mm_max_pd(a, b));
#endif
  return choose<T>(a > b, a, b);
}
/// Lane by lane: a < b ? a : b, which is b where one of them is NaN.
template <class T>
[[gnu::always_inline]] inline Vector<T> smaller(Vector<T> a, Vector<T> b) {
#if defined(TENON_HAS_XSIMD) && defined(__AVX512F__)
  if constexpr (is_vector_of<T, float, 16>) return Vector<T>(_mm512_min_ps(a, b));
  if constexpr (is_vector_of<T, double, 8>) return Vector<T>(_mm512_min_pd(a, b));
#elif defined(TENON_HAS_XSIMD) && defined(__AVX__)
  if constexpr (is_vector_of<T, float, 8>) return Vector<T>(_mm256_min_ps(a, b));
  if constexpr (is_vector_of<T, double, 4>) return Vector<T>(_mm256_min_pd(a, b));
#elif defined(TENON_HAS_XSIMD) && defined(__SSE2__)
  if constexpr (is_vector_of<T, float, 4>) return Vector<T>(_mm_min_ps(a, b));
  if constexpr (is_vector_of<T, double, 2>) return Vector<T>(_mm_min_pd(a, b));
#endif
  return choose<T>(a < b, a, b);
}

/// The size of one and the sign of the other; a >= 0.
template <class T>
[[gnu::always_inline]] inline Vector<T> with_sign_of(Vector<T> a, Vector<T> b) {
#if defined(TENON_HAS_XSIMD)
  if constexpr (lanes<T> > 1) return a | (b & Vector<T>(T(-0.0)));
#endif
  return choose<T>(b < Vector<T>(T(0)), -a, a);
}

/// Lane by lane: sign < 0 ? a : b; whichever for -0 and NaN.
template <class T>
[[gnu::always_inline]] inline Vector<T> choose_by_sign(Vector<T> sign, Vector<T> a, Vector<T> b) {
#if defined(TENON_HAS_XSIMD) && defined(__AVX__) && !defined(__AVX512F__)  // these choose by the first bit and need no comparison
  if constexpr (is_vector_of<T, float, 8>) return Vector<T>(_mm256_blendv_ps(b, a, sign));
#elif defined(TENON_HAS_XSIMD) && defined(__SSE4_1__) && !defined(__AVX512F__)
  if constexpr (is_vector_of<T, float, 4>) return Vector<T>(_mm_blendv_ps(b, a, sign));
#endif
  return choose<T>(sign < Vector<T>(T(0)), a, b);
}

/// -|a|, in one instruction.
template <class T>
[[gnu::always_inline]] inline Vector<T> minus_abs(Vector<T> a) {
#if defined(TENON_HAS_XSIMD)
  if constexpr (lanes<T> > 1) return a | Vector<T>(T(-0.0));
#endif
  return choose<T>(a < Vector<T>(T(0)), a, -a);
}

/// True for NaN. (Not a != a, which is false with AVX in xsimd 8.1.)
template <class T>
[[gnu::always_inline]] inline auto is_nan(Vector<T> a) {
  return !(a == a);
}

/// Is there NaN in any lane?
template <class T>
[[gnu::always_inline]] inline bool has_nan(Vector<T> a) {
  if constexpr (lanes<T> == 1) return !(a == a);
  else return any(is_nan<T>(a));
}

/// The lanes 0, 1, 2, ...
template <class T>
inline Vector<T> ramp() {
  T numbers[static_cast<std::size_t>(lanes<T>)];
  for (int i = 0; i < lanes<T>; ++i) numbers[i] = static_cast<T>(i);
  return load(numbers);
}

/// Integers as floating-point numbers.
template <class T>
[[gnu::always_inline]] inline Vector<T> load_int(const std::int32_t* p, First<T> first) {
#if defined(TENON_HAS_XSIMD)
  if constexpr (std::is_same_v<T, float> && lanes<T> > 1)
    if (first.count == lanes<T>) return xsimd::to_float(xsimd::batch<std::int32_t>::load_unaligned(p));
#endif
  T buffer[static_cast<std::size_t>(lanes<T>)]{};
  for (int i = 0; i < first.count; ++i) buffer[i] = static_cast<T>(p[i]);
  return load(buffer);
}

#if defined(TENON_HAS_XSIMD)
/// Integers below 2^31 as floats.
[[gnu::always_inline]] inline Vector<float> to_float_lanes(xsimd::batch<std::uint32_t> x) {
#if XSIMD_VERSION_MAJOR < 9
  return xsimd::to_float(xsimd::bitwise_cast<xsimd::batch<std::int32_t>>(x));
#else
  return xsimd::to_float(xsimd::bitwise_cast<std::int32_t>(x));
#endif
}
#endif
inline OneLane<float> to_float_lanes(OneLane<std::uint32_t> x) { return OneLane<float>(static_cast<float>(x.x)); }

}  // namespace tenon::cpu::inline TENON_ISA
