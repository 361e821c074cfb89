// Matrix products of any size, in blocks of register tiles.
#pragma once

#include <tenon/backend/cpu/epilogue.hpp>
#include <tenon/backend/cpu/panel.hpp>
#include <tenon/backend/cpu/scratch.hpp>
#include <tenon/backend/cpu/threads.hpp>
#include <tenon/backend/cpu/tile.hpp>

namespace tenon::cpu::inline TENON_ISA {

/// Products of `matrices` pairs of matrices, and what to do with the results.
template <class T>
struct MatrixProduct {
  long matrices, m, n, k;
  bool left_transposed, right_transposed;
  const T* left;
  const T* right;
  T* direct;           ///< where the result goes if nothing is done to it, otherwise null
  Finisher<T> finish;  ///< what is done to it
  T* column_sums;      ///< or null
  const KernelCall* call;
  long batch;
};

/// So many steps of a sum are made at a time: the panel of the right operand stays in the second-level cache.
inline constexpr long steps_at_once = 1024;

/// The rows row..last_row of one product, in the columns column..last_column.
template <class T>
void multiply_part(const MatrixProduct<T>& p, long matrix, long row, long last_row, long column, long last_column) {
  constexpr long width = tile_columns<T>;
  const T* left = p.left + matrix * p.m * p.k;
  const T* right = p.right + matrix * p.k * p.n;
  const long left_row = p.left_transposed ? 1 : p.k, left_step = p.left_transposed ? p.m : 1;
  const long zero = 0;
  T block[tile_rows * width];
  T* blocks = p.k > steps_at_once ? scratch<T, 0>((last_row - row) * width) : nullptr;
  T* panel = scratch<T, 1>(std::min(p.k, steps_at_once) * width);

  for (long j = column; j < last_column; j += width) {
    const long columns = std::min(width, last_column - j), vectors = (columns + lanes<T> - 1) / lanes<T>, panel_width = vectors * lanes<T>;
    const bool whole = columns == panel_width;
    const bool packed = !whole || p.right_transposed || last_row - row >= 4 * tile_rows;
    for (long k = 0; k == 0 || k < p.k; k += steps_at_once) {
      const long steps = std::min(steps_at_once, p.k - k);
      const T* b = p.right_transposed ? right + j * p.k + k : right + k * p.n + j;
      long b_row = p.n;
      if (packed) {
        if (p.right_transposed) pack_transposed(panel, panel_width, b, p.k, steps, columns);
        else pack(panel, panel_width, b, p.n, steps, columns);
        b = panel, b_row = panel_width;
      }
      if (p.column_sums && row == 0) sum_rows(p.column_sums + j, b, b_row, steps, columns, k > 0);
      const bool done = k + steps >= p.k;
      nearly_equal(last_row - row, tile_rows, [&](long first, long rows) {
        const long i = row + first;
        const bool direct = p.direct && whole;
        T* c = direct ? p.direct + (matrix * p.m + i) * p.n + j : blocks ? blocks + first * width : block;
        const long c_row = direct ? p.n : panel_width;
        tile_of<T>(rows, vectors)({left + i * left_row + k * left_step, left_row, left_step, &zero, 1, steps}, b, b_row, c, c_row, k > 0);
        if (done && !direct) p.finish(*p.call, p.batch, {c, c_row, matrix * p.m + i, rows, j, columns, p.n});
      });
    }
  }
}

template <class T>
void multiply(const MatrixProduct<T>& p) {
  if (p.column_sums && p.m == 0) sum_rows(p.column_sums, p.right, p.n, p.k, p.n, false);
  if (p.matrices * p.m * p.n == 0) return;
  const double work = static_cast<double>(p.matrices * p.m) * static_cast<double>(p.n) * static_cast<double>(p.k + 4) / lanes<T>;
  const long wanted = 4L * num_threads(), panels = (p.n + tile_columns<T> - 1) / tile_columns<T>;
  const long column_parts = std::min(panels, (wanted + p.matrices - 1) / p.matrices);
  const long row_parts = std::min((p.m + tile_rows - 1) / tile_rows, (wanted + p.matrices * column_parts - 1) / (p.matrices * column_parts));
  parallel_for(p.matrices * column_parts * row_parts, work, [&](long chunk) {
    const long c = chunk % column_parts, r = chunk / column_parts % row_parts, matrix = chunk / (column_parts * row_parts);
    const auto column = [&](long part) { return std::min(p.n, panels * part / column_parts * tile_columns<T>); };
    const auto row = [&](long part) { return p.m * part / row_parts; };
    multiply_part(p, matrix, row(r), row(r + 1), column(c), column(c + 1));
  });
}

}  // namespace tenon::cpu::inline TENON_ISA
