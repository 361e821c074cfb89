// Products of a few rows with a transposed right operand.
#pragma once

#include <tenon/backend/cpu/matrix_product.hpp>
#include <tenon/backend/cpu/panel.hpp>
#include <tenon/backend/cpu/scratch.hpp>

namespace tenon::cpu::inline TENON_ISA {

/// Few rows leave lanes of a transposed panel empty; adding up lanes takes as long as some 200 steps of the sums.
template <class T>
bool is_dots(const MatrixProduct<T>& p) {
  return p.right_transposed && p.m * (p.k + 200) < lanes<T> * (p.k + 8);
}

/// y(i, j) = sum over k of x(i, k) w(j, k): vectors run along the sums, whose lanes are added up in the end. As many sums are made
/// together as a vector has lanes: of two rows of x (or one, twice) and the next rows of w, the last of which may be repeated.
template <class T>
[[gnu::noinline]] void dot_products(T* y, const T* first, const T* second, const T* w, long k, long w_rows) {
  constexpr int pair = lanes<T> > 1 ? 2 : 1, columns = lanes<T> / pair;
  const T* x[2] = {first, second};
  const T* b[columns];
  for (int j = 0; j < columns; ++j) b[j] = w + std::min<long>(j, w_rows - 1) * k;
  Vector<T> sum[pair][columns];
#pragma GCC unroll 2
  for (int i = 0; i < pair; ++i)
#pragma GCC unroll 8
    for (int j = 0; j < columns; ++j) sum[i][j] = Vector<T>(T(0));
  const auto add = [&](const auto& get) __attribute__((always_inline)) {
    Vector<T> left[pair];
#pragma GCC unroll 2
    for (int i = 0; i < pair; ++i) left[i] = get(x[i]);
#pragma GCC unroll 8
    for (int j = 0; j < columns; ++j) {
      const Vector<T> right = get(b[j]);
#pragma GCC unroll 2
      for (int i = 0; i < pair; ++i) sum[i][j] = multiply_add<T>(left[i], right, sum[i][j]);
    }
  };
  long e = 0;
  for (; e + lanes<T> <= k; e += lanes<T>) add([&](const T* p) __attribute__((always_inline)) { return load(p + e); });
  if (e < k) add([&](const T* p) __attribute__((always_inline)) { return load(p + e, First<T>(k - e)); });
  alignas(64) T square[lanes<T> * lanes<T>], turned[lanes<T> * lanes<T>];
#pragma GCC unroll 2
  for (int i = 0; i < pair; ++i)
#pragma GCC unroll 8
    for (int j = 0; j < columns; ++j) save(square + (i * columns + j) * lanes<T>, sum[i][j]);
  pack_transposed<T>(turned, lanes<T>, square, lanes<T>, lanes<T>, lanes<T>);
  Vector<T> total = load(turned);
  for (int i = 1; i < lanes<T>; ++i) total = total + load(turned + i * lanes<T>);
  save(y, total);
}

/// The columns column..last_column of one product of fewer rows than a vector has lanes.
template <class T>
void multiply_by_dots(const MatrixProduct<T>& p, long matrix, long column, long last_column) {
  constexpr long pair = lanes<T> > 1 ? 2 : 1, together = lanes<T> / pair, most = 8 * together;
  const T *x = p.left + matrix * p.m * p.k, *w = p.right + matrix * p.k * p.n;
  long x_row = p.k;
  if (p.left_transposed) {
    x_row = (p.k + lanes<T> - 1) / lanes<T> * lanes<T>;
    T* rows = scratch<T, Slot::panel>(p.m * x_row);
    pack_transposed(rows, x_row, x, p.m, p.m, p.k);
    x = rows;
  }
  alignas(64) T y[lanes<T> * most + lanes<T>], sums[lanes<T>];
  for (long j = column; j < last_column; j += most) {
    const long columns = std::min(most, last_column - j);
    for (long c = 0; c < columns; c += together)
      for (long i = 0; i < p.m; i += pair) {
        const long second = std::min(i + pair, p.m) - 1;
        dot_products(sums, x + i * x_row, x + second * x_row, w + (j + c) * p.k, p.k, columns - c);
        std::copy_n(sums, together, y + i * most + c);
        if (pair == 2 && second > i) std::copy_n(sums + together, together, y + second * most + c);
      }
    p.finish(*p.call, {y, most, matrix * p.m, p.m, j, columns, p.n});
  }
}

}  // namespace tenon::cpu::inline TENON_ISA
