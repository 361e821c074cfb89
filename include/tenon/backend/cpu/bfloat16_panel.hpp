// Operands of bfloat16 products, copied so that pairs along the sum lie together.
#pragma once

#include <algorithm>

#include <tenon/backend/cpu/bfloat16_tile.hpp>
#include <tenon/backend/cpu/panel.hpp>

#if defined(TENON_HAS_BFLOAT16_INSTRUCTIONS)
namespace tenon::cpu::inline TENON_ISA {

/// to(k / 2, j) = (from(k, j), from(k + 1, j)) for `columns` columns of a matrix with `rows` rows that lie `from_row` numbers apart; the
/// rows of pairs lie `width` apart, a multiple of 16. What is missing is zero.
inline void pair_rows(Pair* to, long width, const Bfloat16* from, long from_row, long rows, long columns) {
  const Interleave interleave;
  for (long k = 0; k < rows; k += 2, to += width, from += 2 * from_row)
    for (long j = 0; j < width; j += 16) {
      const __mmask32 mask = first_of_32(std::min(columns - j, 16L));
      const __m512i first = _mm512_maskz_loadu_epi16(mask, from + j), second = k + 1 < rows ? _mm512_maskz_loadu_epi16(mask, from + from_row + j) : _mm512_setzero_si512();
      _mm512_storeu_si512(to + j, interleave.lower(first, second));
    }
}

/// to(k / 2, j) = (from(j, k), from(j, k + 1)): the same of a matrix that lies transposed, with `columns` rows of `rows` numbers.
/// A pair moves as one number of 32 bits.
inline void pair_transposed(Pair* to, long width, const Bfloat16* from, long from_row, long rows, long columns) {
  const long whole = rows / 2;
  for (long j = 0; j < width; j += 16) {
    for (long k = 0; k < whole; k += 16) {
      const __mmask16 mask = mask_of(First<float>(whole - k));
      alignas(64) float square[256], turned[256];
      for (long i = 0; i < 16; ++i)
        _mm512_store_ps(square + 16 * i, j + i < columns ? _mm512_maskz_loadu_ps(mask, from + (j + i) * from_row + 2 * k) : _mm512_setzero_ps());
      transpose_square<float>(turned, 16, square, 16);
      for (long i = 0; i < std::min(whole - k, 16L); ++i) _mm512_storeu_ps(to + (k + i) * width + j, _mm512_load_ps(turned + 16 * i));
    }
    if (rows % 2 != 0)
      for (long i = j; i < j + 16; ++i) to[whole * width + i] = i < columns ? from[i * from_row + rows - 1].bits : 0;
  }
}

/// to(i) = (from(i), from(i + step)); what is missing is zero. Up to 31 pairs more are overwritten.
inline void pair_with(Pair* to, const Bfloat16* from, long step, long count) {
  const Interleave interleave;
  const auto save_pairs = [&](long i, __m512i first, __m512i second) __attribute__((always_inline)) {
    _mm512_storeu_si512(to + i, interleave.lower(first, second));
    _mm512_storeu_si512(to + i + 16, interleave.upper(first, second));
  };
  long i = 0;
  for (; i + step + 32 <= count; i += 32) save_pairs(i, _mm512_loadu_si512(from + i), _mm512_loadu_si512(from + i + step));
  for (; i < count; i += 32) save_pairs(i, _mm512_maskz_loadu_epi16(first_of_32(count - i), from + i), _mm512_maskz_loadu_epi16(first_of_32(count - i - step), from + i + step));
}

}  // namespace tenon::cpu::inline TENON_ISA
#endif
