// Matrix products of any size, in blocks of register tiles.
#pragma once

#include <tenon/backend/cpu/dot_products.hpp>
#include <tenon/backend/cpu/multiply_transposed.hpp>
#include <tenon/backend/cpu/sweep.hpp>
#include <tenon/core/threads.hpp>

namespace tenon::cpu::inline TENON_ISA {

/// Many rows share a panel of the right operand that is copied together. Fewer read it where it lies: its rows are then far apart, and
/// few of them stay in the caches, so that tiles of different rows meet after fewer steps.
inline constexpr long packs_from = 48 * tile_rows, steps_in_place = 256;

/// Part of one product: the rows row..last_row in the columns column..last_column.
template <class T>
class MultiplyPart {
 public:
  MultiplyPart(const MatrixProduct<T>& p, long matrix, long row, long last_row, long column, long last_column)
      : p_(p), left_(p.left + matrix * p.m * p.k), right_(p.right + matrix * p.k * p.n), direct_(p.direct ? p.direct + matrix * p.m * p.n : nullptr),
        first_row_(matrix * p.m), row_(row), rows_(last_row - row), last_column_(last_column),
        // By the whole product's rows: how it is split must not show in the sums.
        packed_(p.m >= packs_from), steps_(p.m > tile_rows && !packed_ ? steps_in_place : steps_at_once) {
    if (p.k > steps_) blocks_ = scratch<T, Slot::block>(rows_ * widest);
    for (long j = column; j < last_column;) {
      const long vectors = (last_column - j + lanes<T> - 1) / lanes<T>, wide = vectors <= 2 ? vectors : wide_vectors(p.m), columns = std::min(wide * lanes<T>, last_column - j);
      strip(j, columns, wide);
      j += columns;
    }
  }

 private:
  static constexpr long widest = 8 * lanes<T>;

  /// All rows of one strip of columns.
  void strip(long j, long columns, long vectors) {
    const long width = vectors * lanes<T>, parts = std::max(1L, (p_.k + steps_ - 1) / steps_);
    const bool direct = direct_ && columns == width;
    // Beyond the last columns of a row lies the next row; only the last rows of all must not be read so far.
    const long readable = packed_ ? 0 : p_.k - (width - columns + p_.n - 1) / p_.n;
    alignas(64) T block[tile_rows * tile_columns<T>];
    for (long part = 0; part < parts; ++part) {
      const long k = p_.k * part / parts, last = p_.k * (part + 1) / parts, split = std::clamp(readable, k, last);
      const T* in_place = right_ + k * p_.n + j;
      const T* panel = split < last ? pack_rows(j, columns, width, split, last) : nullptr;
      if (p_.column_sums && row_ == 0) sum_rows(p_.column_sums + j, in_place, p_.n, last - k, columns, k > 0);
      nearly_equal(rows_, tile_rows, [&](long first, long rows) {
        const long i = row_ + first, c_row = direct ? p_.n : width;
        T* c = direct ? direct_ + i * p_.n + j : blocks_ ? blocks_ + first * c_row : block;
        if (packed_) prefetch_panel(j + columns, k, last, first, rows);
        if (split > k || !panel) step(i, rows, vectors, k, split, in_place, p_.n, c, c_row, k > 0);
        if (panel) step(i, rows, vectors, split, last, panel, width, c, c_row, split > 0);
        if (last == p_.k && !direct) p_.finish(*p_.call, {c, c_row, first_row_ + i, rows, j, columns, p_.n});
      });
    }
  }
  void step(long i, long rows, long vectors, long k, long last, const T* b, long b_row, T* c, long c_row, bool add) const {
    const long zero = 0;
    const Left<T> left = p_.left_transposed ? Left<T>{left_ + i + k * p_.m, 1, p_.m, &zero, 1, last - k} : Left<T>{left_ + i * p_.k + k, p_.k, 1, &zero, 1, last - k};
    if (vectors == 1 && p_.m <= 2) narrow_tile(left, rows, b, b_row, c, c_row, add);
    else tile_of<T>(rows, vectors)(left, b, b_row, c, c_row, add);
  }

  const T* pack_rows(long j, long columns, long width, long k, long last) const {
    T* to = scratch<T, Slot::panel>(std::min(p_.k, steps_) * width);
    pack(to, width, right_ + k * p_.n + j, p_.n, last - k, columns);
    return to;
  }
  /// Each tile asks for its share of the next strip.
  void prefetch_panel(long j, long k, long last, long first, long rows) const {
    const long columns = std::min<long>(tile_columns<T>, last_column_ - j);
    if (columns > 0) prefetch(right_ + k * p_.n + j, p_.n, last - k, columns, first, first + rows, rows_);
  }

  const MatrixProduct<T>& p_;
  const T* left_;
  const T* right_;
  T* direct_;
  T* blocks_ = nullptr;  // the strip, while its sums are made in pieces
  long first_row_, row_, rows_, last_column_;
  bool packed_;
  long steps_;
};

template <class T>
void multiply(MatrixProduct<T> p) {
  static constexpr T nothing{};
  if (p.k == 0) p.left = p.right = &nothing;  // sums without terms: there may be no memory at all
  if (p.column_sums && p.m == 0) sum_rows(p.column_sums, p.right, p.n, p.k, p.n, false);
  if (p.matrices * p.m * p.n == 0) return;
  if (is_sweep(p)) return sweep(p);
  const bool dots = is_dots(p), turned = p.right_transposed && !dots;
  const double work = static_cast<double>(p.matrices * p.m) * static_cast<double>(p.n) * static_cast<double>(p.k + 4) / lanes<T>;
  const long threads = num_threads(), wanted = threads == 1 ? 1 : 4 * threads;
  // Parts begin where strips of columns do anyway: how a product is split must not show in the sums.
  const long rows = turned ? tile_columns<T> : tile_rows, columns = p.right_transposed ? columns_at_once<T> : wide_vectors(p.m) * lanes<T>;
  const long panels = (p.n + columns - 1) / columns, strips = (p.m + rows - 1) / rows, least = p.matrices * (turned ? strips : 1);
  const long column_parts = std::min(panels, (wanted + least - 1) / least);
  const long row_parts = turned ? strips : dots ? 1 : std::min(strips, (wanted + p.matrices * column_parts - 1) / (p.matrices * column_parts));
  parallel_for(p.matrices * column_parts * row_parts, work, [&](long chunk) {
    const long c = chunk % column_parts, r = chunk / column_parts % row_parts, matrix = chunk / (column_parts * row_parts);
    const auto column = [&](long part) { return std::min(p.n, panels * part / column_parts * columns); };
    const auto row = [&](long part) { return turned ? std::min(p.m, part * rows) : p.m * part / row_parts; };
    if (dots) multiply_by_dots(p, matrix, column(c), column(c + 1));
    else if (turned) MultiplyTransposed<T>(p, matrix, row(r), row(r + 1) - row(r), column(c), column(c + 1));
    else MultiplyPart<T>(p, matrix, row(r), row(r + 1), column(c), column(c + 1));
  });
}

}  // namespace tenon::cpu::inline TENON_ISA
