// Products of a few rows and a bfloat16 matrix.
#pragma once

#include <tenon/backend/cpu/bfloat16_tile.hpp>
#include <tenon/backend/cpu/matrix_product.hpp>
#include <tenon/backend/cpu/scratch.hpp>

#if defined(TENON_HAS_BFLOAT16_INSTRUCTIONS)
namespace tenon::cpu::inline TENON_ISA {

/// So few rows leave time for nothing but reading the matrix: from front to back, as in sweep.hpp.
inline constexpr long most_swept_rows = 4;

/// y(i, j) = sum over k of x(i, k) w(k, j) for `columns` columns of w, whose rows lie `w_row` apart. Eight rows of w are read at a time, and
/// nothing behind the last one.
template <int Rows>
[[gnu::noinline]] void sweep_pairs(float* y, long y_row, const Bfloat16* x, long x_row, const Bfloat16* w, long w_row, long steps, long columns) {
  constexpr int at_once = 8, pairs = at_once / 2;
  const Interleave interleave;
  for (long k = 0; k < steps; k += at_once) {
    const long left = std::min<long>(at_once, steps - k);
    __m512i factor[Rows][pairs];
    for (int i = 0; i < Rows; ++i) {
      alignas(16) Bfloat16 some[at_once]{};
      std::copy_n(x + i * x_row + k, left, some);
      for (int p = 0; p < pairs; ++p) factor[i][p] = _mm512_set1_epi32(static_cast<int>(some[2 * p].bits | static_cast<unsigned>(some[2 * p + 1].bits) << 16));
    }
    const auto add = [&](long j, __mmask32 mask, auto row) __attribute__((always_inline)) {
      __m512 sum[Rows][2];
#pragma GCC unroll 4
      for (int i = 0; i < Rows; ++i)
#pragma GCC unroll 2
        for (int v = 0; v < 2; ++v) sum[i][v] = k == 0 ? _mm512_setzero_ps() : _mm512_load_ps(y + i * y_row + j + 16 * v);
#pragma GCC unroll 4
      for (int p = 0; p < pairs; ++p) {
        const __m512i a = row(2 * p, mask), b = row(2 * p + 1, mask);
        const __m512i right[2] = {interleave.lower(a, b), interleave.upper(a, b)};
#pragma GCC unroll 4
        for (int i = 0; i < Rows; ++i)
#pragma GCC unroll 2
          for (int v = 0; v < 2; ++v) sum[i][v] = add_pairs(sum[i][v], factor[i][p], right[v]);
      }
#pragma GCC unroll 4
      for (int i = 0; i < Rows; ++i)
#pragma GCC unroll 2
        for (int v = 0; v < 2; ++v) _mm512_store_ps(y + i * y_row + j + 16 * v, sum[i][v]);
    };
    const Bfloat16* from = w + k * w_row;
    long j = 0;
    if (left == at_once)
      for (; j + 32 <= columns; j += 32) add(j, ~0u, [&](int r, __mmask32) __attribute__((always_inline)) { return _mm512_loadu_si512(from + r * w_row + j); });
    for (; j < columns; j += 32) {
      add(j, first_of_32(columns - j), [&](int r, __mmask32 some) __attribute__((always_inline)) { return r < left ? _mm512_maskz_loadu_epi16(some, from + r * w_row + j) : _mm512_setzero_si512(); });
    }
  }
}

inline bool is_sweep(const MatrixProduct<float, Bfloat16>& p) { return p.m <= most_swept_rows && !p.left_transposed && !p.right_transposed && !p.column_sums; }

/// The columns column..last_column of one product.
inline void sweep(const MatrixProduct<float, Bfloat16>& p, long matrix, long column, long last_column) {
  static constexpr decltype(&sweep_pairs<1>) of[] = {sweep_pairs<1>, sweep_pairs<2>, sweep_pairs<3>, sweep_pairs<4>};
  const long columns = last_column - column, width = (columns + 31) / 32 * 32;
  float* y = scratch<float, Slot::block>(p.m * width);
  of[p.m - 1](y, width, p.left + matrix * p.m * p.k, p.k, p.right + matrix * p.k * p.n + column, p.n, p.k, columns);
  p.finish(*p.call, {y, width, matrix * p.m, p.m, column, columns, p.n});
}

}  // namespace tenon::cpu::inline TENON_ISA
#endif
