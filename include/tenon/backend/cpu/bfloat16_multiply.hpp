// Products of bfloat16 matrices with float sums.
#pragma once

#include <tenon/backend/cpu/bfloat16_panel.hpp>
#include <tenon/backend/cpu/bfloat16_sweep.hpp>
#include <tenon/backend/cpu/multiply.hpp>
#include <tenon/backend/cpu/widened.hpp>

namespace tenon::cpu::inline TENON_ISA {

#if defined(TENON_HAS_BFLOAT16_INSTRUCTIONS)

/// Part of one product whose right operand is not transposed: the rows row..last_row in the columns column..last_column.
/// Interleaving two rows of the right operand on the way takes no time beside 24 additions of pairs, so that few rows of the left one read
/// it where it lies; many share a copy, because rows that lie far apart do not stay in the caches.
class PairsPart {
 public:
  PairsPart(const MatrixProduct<float, Bfloat16>& p, long matrix, long row, long last_row, long column, long last_column)
      : p_(p), left_(p.left + matrix * p.m * p.k), right_(p.right + matrix * p.k * p.n), direct_(p.direct ? p.direct + matrix * p.m * p.n : nullptr),
        first_row_(matrix * p.m), row_(row), rows_(last_row - row), last_column_(last_column) {
    if (p.left_transposed) pack_left();
    if (p.k > steps_at_once) blocks_ = scratch<float, Slot::block>(rows_ * width);
    for (long j = column; j < last_column; j += width) strip(j);
  }

 private:
  static constexpr long width = 32, group = 16;  // pairs of the left operand's columns lie in groups
  static constexpr long packs_from = 8 * tile_rows;

  /// The columns of the left operand that are this part's rows, a group for each tile.
  void pack_left() {
    const long pairs = (p_.k + 1) / 2;
    Pair* to = scratch<Pair, Slot::panel>((rows_ + tile_rows - 1) / tile_rows * pairs * group);
    packed_ = reinterpret_cast<const Bfloat16*>(to);
    nearly_equal(rows_, tile_rows, [&](long first, long rows) {
      pair_rows(to, group, left_ + row_ + first, p_.m, p_.k, rows);
      to += pairs * group;
    });
  }

  void strip(long j) {
    const long columns = std::min(width, last_column_ - j);
    const __mmask32 mask = first_of_32(columns);
    const bool direct = direct_ && columns == width;
    alignas(64) float block[tile_rows * width];
    const long vectors = columns > 16 ? 2 : 1;
    Pair* const panel = vectors == 1 || p_.m >= packs_from ? scratch<Pair, Slot::other_panel>((std::min(p_.k, steps_at_once) + 1) / 2 * width) : nullptr;
    if (p_.column_sums && row_ == 0) sum_rows(j, columns);
    for (long k = 0; k < p_.k; k += steps_at_once) {
      const long last = std::min(p_.k, k + steps_at_once);
      long tile = 0;
      if (panel) pair_rows(panel, 16 * vectors, right_ + k * p_.n + j, p_.n, last - k, columns);
      nearly_equal(rows_, tile_rows, [&](long first, long rows) {
        const long i = row_ + first, c_row = direct ? p_.n : width;
        float* c = direct ? direct_ + i * p_.n + j : blocks_ ? blocks_ + first * width : block;
        if (panel) pair_tile_of<false>(rows, vectors)(left(i, tile++, k, last), panel, 64 * vectors, mask, c, c_row, k > 0);
        else pair_tile_of<true>(rows, 2)(left(i, tile++, k, last), right_ + k * p_.n + j, 2 * p_.n, mask, c, c_row, k > 0);
        if (last == p_.k && !direct) p_.finish(*p_.call, {c, c_row, first_row_ + i, rows, j, columns, p_.n});
      });
    }
  }
  Left<Bfloat16> left(long i, long tile, long k, long last) const {
    static constexpr long zero = 0;
    if (packed_) return {packed_ + (tile * ((p_.k + 1) / 2 * 2) + k) * group, 2, group, &zero, 1, last - k};
    return {left_ + i * p_.k + k, p_.k, 1, &zero, 1, last - k};
  }
  void sum_rows(long j, long columns) const {
    for (long c = 0; c < columns; c += lanes<float>) {
      const First<float> first(columns - c);
      Vector<float> sum(0.f);
      for (long k = 0; k < p_.k; ++k) sum = sum + load<float>(right_ + k * p_.n + j + c, first);
      save(p_.column_sums + j + c, sum, first);
    }
  }

  const MatrixProduct<float, Bfloat16>& p_;
  const Bfloat16 *left_, *right_;
  float* direct_;
  float* blocks_ = nullptr;  // the strip, while its sums are made in pieces
  const Bfloat16* packed_ = nullptr;  // pairs of the left operand, if it lies transposed
  long first_row_, row_, rows_, last_column_;
};

/// Part of one product whose right operand w lies transposed: its rows are pairs as they are, and x wT = (w xT)T, as in multiply_transposed.hpp.
class PairsTransposed {
 public:
  PairsTransposed(const MatrixProduct<float, Bfloat16>& p, long matrix, long row, long rows, long column, long last_column)
      : p_(p), w_(p.right + matrix * p.k * p.n), matrix_(matrix), row_(row), rows_(rows), width_(rows > 16 ? 32 : 16) {
    const Bfloat16* x = p.left + matrix * p.m * p.k;
    Pair* panel = scratch<Pair, Slot::panel>((p.k + 1) / 2 * width_);
    if (p.left_transposed) pair_rows(panel, width_, x + row, p.m, p.k, rows);
    else pair_transposed(panel, width_, x + row * p.k, p.k, p.k, rows);
    for (long j = column; j < last_column; j += columns_at_once<float>) columns(panel, j, std::min(columns_at_once<float>, last_column - j));
  }

 private:
  void columns(const Pair* panel, long j, long count) {
    static constexpr long zero = 0;
    alignas(64) float y[columns_at_once<float> * 32];  // (count, rows)
    alignas(64) float transposed[32 * columns_at_once<float>];
    for (long k = 0; k < p_.k; k += steps_at_once) {
      const long steps = std::min(steps_at_once, p_.k - k);
      nearly_equal(count, tile_rows, [&](long first, long rows) {
        const Left<Bfloat16> left{w_ + (j + first) * p_.k + k, p_.k, 1, &zero, 1, steps};
        pair_tile_of<false>(rows, width_ / 16)(left, panel + k / 2 * width_, 4 * width_, 0, y + first * width_, width_, k > 0);
      });
    }
    const long stride = (count + 15) / 16 * 16;
    pack_transposed(transposed, stride, y, width_, width_, count);
    p_.finish(*p_.call, {transposed, stride, matrix_ * p_.m + row_, rows_, j, count, p_.n});
  }

  const MatrixProduct<float, Bfloat16>& p_;
  const Bfloat16* w_;
  long matrix_, row_, rows_, width_;
};

inline void multiply_pairs(const MatrixProduct<float, Bfloat16>& p) {
  const bool swept = is_sweep(p);
  const double work = static_cast<double>(p.matrices * p.m) * static_cast<double>(p.n) * static_cast<double>(p.k + 8) / 32;
  const long threads = num_threads(), wanted = threads == 1 || swept ? threads : 4 * threads;
  // Whoever packs the left operand packs it for all columns; else columns are shared first, so that each is read by one thread.
  const bool turned = p.right_transposed;
  const long high = turned ? 32 : tile_rows, wide = turned ? columns_at_once<float> : 32;
  const long strips = (p.m + high - 1) / high, panels = (p.n + wide - 1) / wide;
  long row_parts = strips, column_parts = panels;
  if (p.left_transposed || turned) {
    row_parts = turned ? strips : std::min(strips, (wanted + p.matrices - 1) / p.matrices);
    column_parts = std::min(panels, (wanted + p.matrices * row_parts - 1) / (p.matrices * row_parts));
  } else {
    column_parts = std::min(panels, (wanted + p.matrices - 1) / p.matrices);
    row_parts = std::min(strips, (wanted + p.matrices * column_parts - 1) / (p.matrices * column_parts));
  }
  parallel_for(p.matrices * column_parts * row_parts, work, [&](long chunk) {
    const long c = chunk % column_parts, r = chunk / column_parts % row_parts, matrix = chunk / (column_parts * row_parts);
    const auto column = [&](long part) { return std::min(p.n, panels * part / column_parts * wide); };
    const auto row = [&](long part) { return std::min(p.m, strips * part / row_parts * high); };
    if (swept) sweep(p, matrix, column(c), column(c + 1));
    else if (turned) PairsTransposed(p, matrix, row(r), row(r + 1) - row(r), column(c), column(c + 1));
    else PairsPart(p, matrix, row(r), row(r + 1), column(c), column(c + 1));
  });
}
#else
inline void multiply_pairs(const MatrixProduct<float, Bfloat16>&) {}
#endif

/// A machine without an instruction for pairs multiplies the same numbers as floats.
template <class T>
void multiply_widened(const MatrixProduct<T, Bfloat16>& p) {
  const long left = p.matrices * p.m * p.k, right = p.matrices * p.k * p.n;
  T *x = scratch<T, Slot::left>(left), *w = scratch<T, Slot::right>(right);
  widen(x, p.left, left);
  widen(w, p.right, right);
  multiply(MatrixProduct<T>{p.matrices, p.m, p.n, p.k, p.left_transposed, p.right_transposed, x, w, p.direct, p.finish, p.column_sums, p.call});
}

template <class T>
void multiply(const MatrixProduct<T, Bfloat16>& p) {
  const bool empty = p.matrices * p.m * p.n * p.k == 0;
  if constexpr (has_pairs<T, Bfloat16>)
    if (!empty) return multiply_pairs(p);
  multiply_widened(p);
}

}  // namespace tenon::cpu::inline TENON_ISA
