// Products with a transposed right operand.
#pragma once

#include <numeric>

#include <tenon/backend/cpu/lanes.hpp>
#include <tenon/backend/cpu/matrix_product.hpp>
#include <tenon/backend/cpu/panel.hpp>
#include <tenon/backend/cpu/scratch.hpp>
#include <tenon/backend/cpu/tile.hpp>

namespace tenon::cpu::inline TENON_ISA {

/// So many columns of the result are made at a time: whole tiles and whole vectors.
template <class T>
inline constexpr long columns_at_once = std::lcm(tile_rows, lanes<T>) * (lanes<T> >= 8 ? 1 : 2);

/// x wT is (w xT)T: w is read where it lies, as the left operand, and only a panel of x and the result are transposed. A strip of two
/// vectors of x's rows meets the rows column..last_column of w.
template <class T>
class MultiplyTransposed {
 public:
  MultiplyTransposed(const MatrixProduct<T>& p, long matrix, long row, long rows, long column, long last_column)
      : p_(p), w_(p.right + matrix * p.k * p.n), matrix_(matrix), row_(row), rows_(rows), width_(rows > lanes<T> ? 2 * lanes<T> : lanes<T>) {
    const T* x = p.left + matrix * p.m * p.k;
    T* panel = scratch<T, Slot::panel>(p.k * width_);
    if (p.left_transposed) pack(panel, width_, x + row, p.m, p.k, rows);
    else pack_transposed(panel, width_, x + row * p.k, p.k, p.k, rows);
    for (long j = column; j < last_column; j += columns_at_once<T>) columns(panel, j, std::min(columns_at_once<T>, last_column - j));
  }

 private:
  void columns(const T* panel, long j, long count) {
    alignas(64) T y[columns_at_once<T> * tile_columns<T>];  // (count, rows)
    alignas(64) T transposed[tile_columns<T> * columns_at_once<T>];
    const long zero = 0, parts = std::max(1L, (p_.k + steps_at_once - 1) / steps_at_once);
    for (long part = 0; part < parts; ++part) {
      const long k = p_.k * part / parts, steps = p_.k * (part + 1) / parts - k;
      nearly_equal(count, tile_rows, [&](long first, long rows) {
        tile_of<T>(rows, width_ / lanes<T>)({w_ + (j + first) * p_.k + k, p_.k, 1, &zero, 1, steps}, panel + k * width_, width_, y + first * width_, width_, part > 0);
      });
    }
    const long stride = (count + lanes<T> - 1) / lanes<T> * lanes<T>;
    pack_transposed(transposed, stride, y, width_, width_, count);
    p_.finish(*p_.call, {transposed, stride, matrix_ * p_.m + row_, rows_, j, count, p_.n});
  }

  const MatrixProduct<T>& p_;
  const T* w_;
  long matrix_, row_, rows_, width_;
};

}  // namespace tenon::cpu::inline TENON_ISA
