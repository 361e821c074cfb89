// Products of one or two rows and a large matrix.
#pragma once

#include <tenon/backend/cpu/matrix_product.hpp>
#include <tenon/backend/cpu/scratch.hpp>

namespace tenon::cpu::inline TENON_ISA {

/// y(i, j) += sum over k of x(i, k) w(k, j), as many steps at a time as there are rows; whole vectors of columns.
template <class T, int Rows>
[[gnu::noinline]] void sweep_rows(T* y, long y_row, const T* x, long x_row, long x_step, const T* w, long w_row, long steps, long columns) {
  using V = Vector<T>;
  for (long step = 0; step < steps; step += Rows, x += Rows * x_step, w += Rows * w_row) {
    V factor[Rows][Rows];
#pragma GCC unroll 2
    for (int i = 0; i < Rows; ++i)
#pragma GCC unroll 2
      for (int k = 0; k < Rows; ++k) factor[i][k] = V(x[i * x_row + k * x_step]);
#pragma GCC unroll 2
    for (long j = 0; j < columns; j += lanes<T>) {
      V sum[Rows];
#pragma GCC unroll 2
      for (int i = 0; i < Rows; ++i) sum[i] = load(y + i * y_row + j);
#pragma GCC unroll 2
      for (int k = 0; k < Rows; ++k) {
        const V right = load(w + k * w_row + j);
#pragma GCC unroll 2
        for (int i = 0; i < Rows; ++i) sum[i] = multiply_add<T>(factor[i][k], right, sum[i]);
      }
#pragma GCC unroll 2
      for (int i = 0; i < Rows; ++i) save(y + i * y_row + j, sum[i]);
    }
  }
}

/// The machine fetches ahead along the rows of a matrix, not down its columns: where the matrix comes from beyond the first-level cache
/// and there is hardly any work to hide that, it is read from front to back, and the sums go through memory instead.
template <class T>
bool is_sweep(const MatrixProduct<T>& p) {
  return p.m <= 2 && !p.right_transposed && !p.column_sums && p.n > 8 * lanes<T> && p.n * p.k * static_cast<long>(sizeof(T)) > 65536;
}

/// The columns column..last_column of one product.
template <class T>
void sweep(const MatrixProduct<T>& p, long matrix, long column, long last_column) {
  const long columns = last_column - column, width = (columns + lanes<T> - 1) / lanes<T> * lanes<T>;
  const T *x = p.left + matrix * p.m * p.k, *w = p.right + matrix * p.k * p.n + column;
  const long x_row = p.left_transposed ? 1 : p.k, x_step = p.left_transposed ? p.m : 1;
  T *y = scratch<T, 0>((p.m + 1) * width), *last = y + p.m * width;
  std::fill_n(y, p.m * width, T(0));
  std::fill(std::copy_n(w + (p.k - 1) * p.n, columns, last), last + width, T(0));  // the others may be read beyond their ends
  const long most = p.k - 1, even = most / 2 * 2;
  if (p.m == 1) {
    sweep_rows<T, 1>(y, width, x, x_row, x_step, w, p.n, most, width);
    sweep_rows<T, 1>(y, width, x + most * x_step, x_row, x_step, last, p.n, 1, width);
  } else {
    sweep_rows<T, 2>(y, width, x, x_row, x_step, w, p.n, even, width);
    for (long i = 0; i < 2; ++i) {
      if (even < most) sweep_rows<T, 1>(y + i * width, width, x + i * x_row + even * x_step, x_row, x_step, w + even * p.n, p.n, 1, width);
      sweep_rows<T, 1>(y + i * width, width, x + i * x_row + most * x_step, x_row, x_step, last, p.n, 1, width);
    }
  }
  p.finish(*p.call, {y, width, matrix * p.m, p.m, column, columns, p.n});
}

}  // namespace tenon::cpu::inline TENON_ISA
