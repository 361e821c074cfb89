// Lanes that change places: picked, kept, transposed, folded.
#pragma once

#include <array>

#include <tenon/backend/cpu/bits.hpp>
#include <tenon/backend/cpu/arithmetic.hpp>

namespace tenon::cpu::inline TENON_ISA {

/// The lanes of `values` and of `numbers` for which number[i] == wanted and value[i] != 0, written one after the other; returns how many.
/// Up to a vector more is overwritten.
template <class T>
[[gnu::always_inline]] inline int keep(T* kept, std::int32_t* kept_numbers, const T* values, const std::int32_t* numbers, const std::int8_t* number, int wanted, First<T> first) {
#if defined(TENON_HAS_AVX512)  // xsimd cannot compress
  if constexpr (is_vector_of<T, float, 16>) {
    const __mmask16 valid = mask_of(first);
    const __m512 v = _mm512_maskz_loadu_ps(valid, values);
    const auto equal = _mm_mask_cmpeq_epi8_mask(valid, _mm_maskz_loadu_epi8(valid, number), _mm_set1_epi8(static_cast<char>(wanted)));
    const __mmask16 mask = _mm512_mask_cmp_ps_mask(equal, v, _mm512_setzero_ps(), _CMP_NEQ_UQ);
    _mm512_storeu_ps(kept, _mm512_maskz_compress_ps(mask, v));  // storing what was compressed takes much less time than a compressing store
    _mm512_storeu_si512(kept_numbers, _mm512_maskz_compress_epi32(mask, _mm512_loadu_si512(numbers)));
    return __builtin_popcount(mask);
  }
#endif
  int count = 0;
  for (int i = 0; i < first.count; ++i) {
    kept[count] = values[i], kept_numbers[count] = numbers[i];
    count += number[i] == wanted && values[i] != 0;
  }
  return count;
}

/// Reads the first lanes by the narrowest vector that holds them, which crosses from one line of the cache to the next less often; the others are zero.
template <int Count, class T>
[[gnu::always_inline]] inline Vector<T> load_first(const T* p) {
  static_assert(Count > 0 && Count <= lanes<T>);
#if defined(TENON_HAS_AVX512)
  if constexpr (is_vector_of<T, float, 16>) {
    if constexpr (Count == 8) return Vector<T>(_mm512_zextps256_ps512(_mm256_loadu_ps(p)));
    else if constexpr (Count == 4) return Vector<T>(_mm512_zextps128_ps512(_mm_loadu_ps(p)));
    else if constexpr (Count < 4) return Vector<T>(_mm512_zextps128_ps512(_mm_maskz_loadu_ps((1u << Count) - 1, p)));
    else if constexpr (Count < 8) return Vector<T>(_mm512_zextps256_ps512(_mm256_maskz_loadu_ps((1u << Count) - 1, p)));
  }
#elif defined(TENON_HAS_XSIMD) && defined(__AVX__)
  if constexpr (is_vector_of<T, float, 8> && Count == 4) return Vector<T>(_mm256_zextps128_ps256(_mm_loadu_ps(p)));
#endif
  return load(p, First<T>(Count));
}

#if defined(TENON_HAS_XSIMD) && defined(__AVX__)
/// Four numbers as the first lanes; the others are any.
[[gnu::always_inline]] inline Vector<float> first_four(__m128 v) {
#if defined(__AVX512F__)
  return Vector<float>(_mm512_castps128_ps512(v));
#else
  return Vector<float>(_mm256_castps128_ps256(v));
#endif
}
#endif

/// Writes the first lanes in pieces of 8, 4, 2 and 1: what is read again at once is taken from the store, which no machine does with a masked one.
template <int Count, class T>
[[gnu::always_inline]] inline void save_first(T* p, Vector<T> v) {
  static_assert(Count > 0 && Count <= lanes<T>);
#if defined(TENON_HAS_XSIMD) && defined(__AVX__)
  if constexpr (std::is_same_v<T, float> && lanes<T> >= 8 && Count < lanes<T>) {
#if defined(__AVX512F__)
    __m256 eight = _mm512_castps512_ps256(v);
    if constexpr (Count & 8) {
      _mm256_storeu_ps(p, eight);
      eight = _mm256_castpd_ps(_mm512_extractf64x4_pd(_mm512_castps_pd(v), 1));
    }
#else
    const __m256 eight = v;
#endif
    __m128 four = _mm256_castps256_ps128(eight);
    if constexpr (Count & 4) {
      _mm_storeu_ps(p + (Count & 8), four);
      four = _mm256_extractf128_ps(eight, 1);
    }
    if constexpr (Count & 2) {
      _mm_storel_pi(reinterpret_cast<__m64*>(p + (Count & 12)), four);
      four = _mm_movehl_ps(four, four);
    }
    if constexpr (Count & 1) _mm_store_ss(p + (Count & 14), four);
    return;
  }
#endif
  save(p, v, First<T>(Count));
}

/// Lanes picked from a vector by number: at(table, i)[lane] = table[i[lane]].
template <class T>
struct Lookup {
  static constexpr bool exists = false;
};
#if defined(TENON_HAS_AVX512)  // xsimd 8.1 cannot permute by a variable
template <>
struct Lookup<float> {
  static constexpr bool exists = true;
  using Numbers = __m512i;
  [[gnu::always_inline]] static Numbers numbers(const std::int8_t* p, First<float> first) {
    return _mm512_cvtepu8_epi32(_mm_maskz_loadu_epi8(mask_of(first), p));
  }
  [[gnu::always_inline]] static Numbers plus(Numbers i, int n) { return _mm512_add_epi32(i, _mm512_set1_epi32(n)); }
  [[gnu::always_inline]] static Numbers at(const std::int32_t (&table)[16], Numbers i) { return _mm512_permutexvar_epi32(i, _mm512_loadu_si512(table)); }
  [[gnu::always_inline]] static Vector<float> at(Vector<float> table, Numbers i) { return Vector<float>(_mm512_permutexvar_ps(i, table)); }
};
#endif

/// table[i[lane] mod 8]. `picks`: in one instruction.
template <class T>
inline constexpr bool picks = false;
#if defined(TENON_HAS_XSIMD) && defined(__AVX512F__)  // xsimd 8.1 cannot permute by a variable
template <>
inline constexpr bool picks<float> = lanes<float> == 16;
#elif defined(TENON_HAS_XSIMD) && defined(__AVX2__)
template <>
inline constexpr bool picks<float> = lanes<float> == 8;
#endif
template <class T>
[[gnu::always_inline]] inline Vector<T> pick(const T (&table)[8], Bits<T> i) {
#if defined(TENON_HAS_XSIMD) && defined(__AVX512F__)
  if constexpr (picks<T>) return Vector<T>(_mm512_permutexvar_ps(i, _mm512_castpd_ps(_mm512_broadcast_f64x4(_mm256_castps_pd(_mm256_loadu_ps(table))))));
#elif defined(TENON_HAS_XSIMD) && defined(__AVX2__)
  if constexpr (picks<T>) return Vector<T>(_mm256_permutevar8x32_ps(load(table), i));
#endif
  typename Layout<T>::Word numbers[static_cast<std::size_t>(lanes<T>)];
  T picked[static_cast<std::size_t>(lanes<T>)];
  save(numbers, i);
  for (int l = 0; l < lanes<T>; ++l) picked[l] = table[numbers[l] % 8];
  return load(picked);
}

/// Lane l of the result is lane Begin + l / Times of v, where `picks`.
template <int Begin, int Times, class T>
[[gnu::always_inline]] inline Vector<T> repeat_lanes([[maybe_unused]] Vector<T> v) {
  static_assert(picks<T>);
  static constexpr auto numbers = [] {
    std::array<std::int32_t, static_cast<std::size_t>(lanes<T>)> n{};
    for (int l = 0; l < lanes<T>; ++l) n[static_cast<std::size_t>(l)] = (Begin + l / Times) % lanes<T>;
    return n;
  }();
#if defined(TENON_HAS_XSIMD) && defined(__AVX512F__)  // xsimd 8.1 cannot permute
  return Vector<T>(_mm512_permutexvar_ps(_mm512_loadu_si512(numbers.data()), v));
#elif defined(TENON_HAS_XSIMD) && defined(__AVX2__)
  return Vector<T>(_mm256_permutevar8x32_ps(v, _mm256_loadu_si256(reinterpret_cast<const __m256i*>(numbers.data()))));
#endif
}

/// to(k, j) = from(j, k): a square of lanes x lanes numbers whose rows lie `to_row` and `from_row` apart.
template <class T>
[[gnu::always_inline]] inline void transpose_square(T* to, long to_row, const T* from, long from_row) {
#if defined(TENON_HAS_XSIMD) && defined(__AVX512F__)  // xsimd 8.1 cannot transpose
  if constexpr (is_vector_of<T, float, 16>) {
    __m512 r[16];
    for (int i = 0; i < 16; ++i) r[i] = _mm512_loadu_ps(from + i * from_row);
#pragma GCC unroll 4
    for (int half = 1; half < 16; half *= 2) {  // swaps blocks of half x half numbers across the diagonal
      const __m512i lane = _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15), bit = _mm512_set1_epi32(half);
      const __mmask16 upper = _mm512_test_epi32_mask(lane, bit);
      const __m512i low = _mm512_mask_blend_epi32(upper, lane, _mm512_add_epi32(lane, _mm512_set1_epi32(16 - half)));
      const __m512i high = _mm512_mask_blend_epi32(upper, _mm512_add_epi32(lane, bit), _mm512_add_epi32(lane, _mm512_set1_epi32(16)));
#pragma GCC unroll 16
      for (int i = 0; i < 16; ++i)
        if ((i & half) == 0) {
          const __m512 a = r[i], b = r[i + half];
          r[i] = _mm512_permutex2var_ps(a, low, b);
          r[i + half] = _mm512_permutex2var_ps(a, high, b);
        }
    }
    for (int i = 0; i < 16; ++i) _mm512_storeu_ps(to + i * to_row, r[i]);
    return;
  }
#endif
  for (int k = 0; k < lanes<T>; ++k)
    for (int j = 0; j < lanes<T>; ++j) to[k * to_row + j] = from[j * from_row + k];
}

/// The lanes i and i + Half of every 2 Half lanes exchanged; for vectors with a period of 2 Half lanes.
template <int Half, class T>
[[gnu::always_inline]] inline Vector<T> exchange(Vector<T> v) {
#if defined(TENON_HAS_XSIMD) && defined(__AVX512F__)  // xsimd 8.1 cannot permute
  if constexpr (is_vector_of<T, float, 16>) {
    if constexpr (Half >= 4) return Vector<T>(_mm512_shuffle_f32x4(v, v, Half == 8 ? 0x4E : 0xB1));
    else return Vector<T>(_mm512_permute_ps(v, Half == 2 ? 0x4E : 0xB1));
  }
#elif defined(TENON_HAS_XSIMD) && defined(__AVX__)
  if constexpr (is_vector_of<T, float, 8>) {
    if constexpr (Half == 4) return Vector<T>(_mm256_permute2f128_ps(v, v, 1));
    else return Vector<T>(_mm256_permute_ps(v, Half == 2 ? 0x4E : 0xB1));
  }
#elif defined(TENON_HAS_XSIMD) && defined(__aarch64__)
  if constexpr (is_vector_of<T, float, 4>) {
    if constexpr (Half == 2) return Vector<T>(vextq_f32(v, v, 2));
    else return Vector<T>(vrev64q_f32(v));
  }
#endif
  T twice[2 * static_cast<std::size_t>(lanes<T>)];
  save(twice, v);
  save(twice + lanes<T>, v);
  return load(twice + Half);
}
/// f applied to all lanes in pairs, for an f of two vectors that is associative and commutative: the result is in every lane, and the
/// order is always the same. Of the first 2 Half lanes, those `Period` apart: the results are in the first `Period` lanes.
template <class T, int Half = lanes<T> / 2, int Period = 1, class F>
[[gnu::always_inline]] inline Vector<T> fold(Vector<T> v, F f) {
  if constexpr (Half < Period) return v;
  else return fold<T, Half / 2, Period>(f(v, exchange<Half, T>(v)), f);
}
/// The sum of all lanes, in every lane.
template <class T>
[[gnu::always_inline]] inline Vector<T> sum_everywhere(Vector<T> v) {
  return fold<T>(v, [](Vector<T> a, Vector<T> b) __attribute__((always_inline)) { return a + b; });
}
template <class T>
[[gnu::always_inline]] inline T first_lane(Vector<T> v) {
#if defined(TENON_HAS_XSIMD) && defined(__AVX512F__)
  if constexpr (is_vector_of<T, float, 16>) return _mm512_cvtss_f32(v);
#endif
  T x[static_cast<std::size_t>(lanes<T>)];
  save(x, v);
  return x[0];
}
/// The sum of all lanes, always in the same order.
template <class T>
inline T sum_of(Vector<T> v) {
  return first_lane<T>(sum_everywhere<T>(v));
}

}  // namespace tenon::cpu::inline TENON_ISA
