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

/// A panel that lies as it should is read where it is, unless so many rows share it that copying it together pays.
inline constexpr long packs_from = 48 * tile_rows;

/// Part of one product: the rows row..last_row in the columns column..last_column.
template <class T>
class MultiplyPart {
 public:
  MultiplyPart(const MatrixProduct<T>& p, long matrix, long row, long last_row, long column, long last_column)
      : p_(p), left_(p.left + matrix * p.m * p.k), right_(p.right + matrix * p.k * p.n), direct_(p.direct ? p.direct + matrix * p.m * p.n : nullptr),
        first_row_(matrix * p.m), row_(row), rows_(last_row - row), last_column_(last_column) {
    const bool few = p.m <= 4 && !p.right_transposed;  // by the whole product's rows: how it is split must not show in the sums
    if (p.k > steps_at_once) blocks_ = scratch<T, 0>(rows_ * widest);
    for (long j = column; j < last_column;) {
      const long left = last_column - j, wide = wide_vectors(p.m);
      const long vectors = few ? (left >= wide * lanes<T> ? wide : left >= 2 * lanes<T> ? 2 : 1) : left > lanes<T> ? 2 : 1;
      const long columns = std::min(vectors * lanes<T>, last_column - j);
      strip(j, columns, vectors, few);
      j += columns;
    }
  }

 private:
  static constexpr long widest = 8 * lanes<T>;

  /// All rows of one strip of columns.
  void strip(long j, long columns, long vectors, bool few) {
    const bool whole = columns == vectors * lanes<T>, packed = p_.right_transposed || (few ? false : !whole || rows_ >= packs_from);
    alignas(64) T block[std::max<long>(tile_rows * tile_columns<T>, widest)];
    for (long k = 0; k == 0 || k < p_.k; k += steps_at_once) {
      const long steps = std::min(steps_at_once, p_.k - k), b_row = packed ? vectors * lanes<T> : p_.n;
      const T* b = packed ? panel(j, columns, vectors, k, steps) : right_ + k * p_.n + j;
      if (p_.column_sums && row_ == 0) sum_rows(p_.column_sums + j, b, b_row, steps, columns, k > 0);
      nearly_equal(rows_, tile_rows, [&](long first, long rows) {
        const long i = row_ + first, c_row = direct_ && whole ? p_.n : vectors * lanes<T>, zero = 0;
        T* c = direct_ && whole ? direct_ + i * p_.n + j : blocks_ ? blocks_ + first * c_row : block;
        if (packed) prefetch_panel(j + columns, k, steps, first, rows);
        const Left<T> left = p_.left_transposed ? Left<T>{left_ + i + k * p_.m, 1, p_.m, &zero, 1, steps} : Left<T>{left_ + i * p_.k + k, p_.k, 1, &zero, 1, steps};
        if (whole || packed) tile_of<T>(rows, vectors)(left, b, b_row, c, c_row, k > 0);
        else narrow_tile(left, rows, b, b_row, c, c_row, k > 0, First<T>(columns));
        if (k + steps >= p_.k && !(direct_ && whole)) p_.finish(*p_.call, p_.batch, {c, c_row, first_row_ + i, rows, j, columns, p_.n});
      });
    }
  }

  const T* panel(long j, long columns, long vectors, long k, long steps) {
    T* to = scratch<T, 1>(std::min(p_.k, steps_at_once) * tile_columns<T>);
    if (p_.right_transposed) pack_transposed(to, vectors * lanes<T>, right_ + j * p_.k + k, p_.k, steps, columns);
    else pack(to, vectors * lanes<T>, right_ + k * p_.n + j, p_.n, steps, columns);
    return to;
  }
  /// Each tile asks for its share of the next strip.
  void prefetch_panel(long j, long k, long steps, long first, long rows) const {
    const long columns = std::min<long>(tile_columns<T>, last_column_ - j);
    if (columns <= 0) return;
    if (p_.right_transposed) prefetch(right_ + j * p_.k + k, p_.k, columns, steps, first, first + rows, rows_);
    else prefetch(right_ + k * p_.n + j, p_.n, steps, columns, first, first + rows, rows_);
  }

  const MatrixProduct<T>& p_;
  const T* left_;
  const T* right_;
  T* direct_;
  T* blocks_ = nullptr;  // the strip, while its sums are made in pieces
  long first_row_, row_, rows_, last_column_;
};

template <class T>
void multiply(MatrixProduct<T> p) {
  static constexpr T nothing{};
  if (p.k == 0) p.left = p.right = &nothing;  // sums without terms: there may be no memory at all
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
    MultiplyPart<T>(p, matrix, row(r), row(r + 1), column(c), column(c + 1));
  });
}

}  // namespace tenon::cpu::inline TENON_ISA
