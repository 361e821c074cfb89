// Vectors of floats that lie in memory as bfloat16.
#pragma once

#include <bit>

#include <tenon/backend/cpu/vector.hpp>
#include <tenon/core/bfloat16.hpp>

namespace tenon::cpu::inline TENON_ISA {

#if defined(TENON_HAS_AVX512)  // xsimd knows no bfloat16
[[gnu::always_inline]] inline __m512 widened(__m256i halves) { return _mm512_castsi512_ps(_mm512_slli_epi32(_mm512_cvtepu16_epi32(halves), 16)); }
/// Rounds as Bfloat16(x) does.
[[gnu::always_inline]] inline __m256i rounded(__m512 x) {
#if defined(TENON_HAS_BFLOAT16_INSTRUCTIONS)
  return std::bit_cast<__m256i>(_mm512_cvtneps_pbh(x));
#else
  const __m512i bits = _mm512_castps_si512(x), upper = _mm512_srli_epi32(bits, 16);
  const __m512i odd = _mm512_and_si512(upper, _mm512_set1_epi32(1));
  __m512i all = _mm512_srli_epi32(_mm512_add_epi32(bits, _mm512_add_epi32(odd, _mm512_set1_epi32(0x7fff))), 16);
  all = _mm512_mask_and_epi32(all, _mm512_testn_epi32_mask(bits, _mm512_set1_epi32(0x7f800000)), upper, _mm512_set1_epi32(0x8000));
  all = _mm512_mask_or_epi32(all, _mm512_cmp_ps_mask(x, x, _CMP_UNORD_Q), upper, _mm512_set1_epi32(0x40));
  return _mm512_cvtepi32_epi16(all);
#endif
}
#endif

/// True where pairs of such operands are multiplied and added to T (bfloat16_tile.hpp); elsewhere they are widened.
template <class T, class Operand>
inline constexpr bool has_pairs = false;
#if defined(TENON_HAS_BFLOAT16_INSTRUCTIONS)
template <>
inline constexpr bool has_pairs<float, Bfloat16> = true;
#endif

/// Reads the first lanes; the others are zero.
template <class T>
[[gnu::always_inline]] inline Vector<T> load(const Bfloat16* p, First<T> first) {
#if defined(TENON_HAS_AVX512)
  if constexpr (is_vector_of<T, float, 16>) return Vector<T>(widened(_mm256_maskz_loadu_epi16(mask_of(first), p)));
#endif
  T buffer[static_cast<std::size_t>(lanes<T>)]{};
  if (first.count == lanes<T>) {
    for (int i = 0; i < lanes<T>; ++i) buffer[i] = static_cast<T>(p[i]);
  } else {
    for (int i = 0; i < first.count; ++i) buffer[i] = static_cast<T>(p[i]);
  }
  return load(buffer);
}
/// Rounds and writes the first lanes.
template <class T>
[[gnu::always_inline]] inline void save(Bfloat16* p, Vector<T> v, First<T> first) {
#if defined(TENON_HAS_AVX512)
  if constexpr (is_vector_of<T, float, 16>) {
    if (first.count == lanes<T>) return _mm256_storeu_si256(reinterpret_cast<__m256i*>(p), rounded(v));  // as for floats a masked store takes longer
    return _mm256_mask_storeu_epi16(p, mask_of(first), rounded(v));
  }
#endif
  T buffer[static_cast<std::size_t>(lanes<T>)];
  save(buffer, v);
  for (int i = 0; i < first.count; ++i) p[i] = Bfloat16(static_cast<float>(buffer[i]));
}
/// The nearest bfloat16 in each lane, as a number.
template <class T>
[[gnu::always_inline]] inline Vector<T> round_to_bfloat16(Vector<T> v) {
  Bfloat16 halves[static_cast<std::size_t>(lanes<T>)];
  save(halves, v, First<T>(lanes<T>));
  return load(halves, First<T>(lanes<T>));
}

}  // namespace tenon::cpu::inline TENON_ISA
