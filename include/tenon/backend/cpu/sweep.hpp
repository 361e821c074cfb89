// Products of one or two rows and a large matrix.
#pragma once

#include <tenon/backend/cpu/matrix_product.hpp>
#include <tenon/backend/cpu/scratch.hpp>
#include <tenon/backend/cpu/sum.hpp>

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

/// y(m, width) = the steps step..last_step of a product.
template <class T>
void sweep_steps(const MatrixProduct<T>& p, long matrix, long step, long last_step, T* y, long width) {
  const T *x = p.left + matrix * p.m * p.k, *w = p.right + matrix * p.k * p.n;
  const long x_row = p.left_transposed ? 1 : p.k, x_step = p.left_transposed ? p.m : 1;
  std::fill_n(y, p.m * width, T(0));
  const auto sweep = [&](long from, long to, const T* rows) {
    const long even = p.m == 1 ? from : from + (to - from) / 2 * 2;
    if (from < even) sweep_rows<T, 2>(y, width, x + from * x_step, x_row, x_step, rows, p.n, even - from, width);
    for (long i = 0; i < p.m; ++i) sweep_rows<T, 1>(y + i * width, width, x + i * x_row + even * x_step, x_row, x_step, rows + (even - from) * p.n, p.n, to - even, width);
  };
  const long whole = std::min(last_step, p.k - 1);
  sweep(step, whole, w + step * p.n);
  if (whole == last_step) return;
  T* last = scratch<T, Slot::panel>(width);  // what lies behind the last row must not be read
  std::fill(std::copy_n(w + whole * p.n, p.n, last), last + width, T(0));
  sweep(whole, last_step, last);
}

/// A whole product. Each thread reads rows that lie together; where the sum is cut depends on the sizes only.
template <class T>
void sweep(const MatrixProduct<T>& p) {
  const long width = (p.n + lanes<T> - 1) / lanes<T> * lanes<T>, bytes = p.k * p.n * static_cast<long>(sizeof(T)), size = p.m * width;
  const long parts = std::clamp(bytes / 131072, 1L, 16L);
  T* sums = scratch<T, Slot::block>(p.matrices * parts * size);
  parallel_for(p.matrices * parts, memory_work(p.matrices * bytes) / 4, [&](long chunk) {
    const long part = chunk % parts;
    sweep_steps(p, chunk / parts, p.k * part / parts, p.k * (part + 1) / parts, sums + chunk * size, width);
  });
  for (long matrix = 0; matrix < p.matrices; ++matrix, sums += parts * size) {
    sum_in_order(sums, sums, size, parts, size);
    p.finish(*p.call, {sums, width, matrix * p.m, p.m, 0, p.n, p.n});
  }
}

}  // namespace tenon::cpu::inline TENON_ISA
