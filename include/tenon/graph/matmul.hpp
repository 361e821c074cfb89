// The matrix product.
#pragma once

#include <tenon/graph/movement.hpp>

namespace tenon {
namespace detail {

/// All axes but the last as one.
constexpr Shape as_matrix(const Shape& s) {
  const Shape rows = s.slice(0, s.rank - 1);
  return shape(static_cast<int>(rows.batched() ? -rows.elements() : rows.elements()), s.back());
}

/// The product of two values that are matrices, or stacks of matrices with equal leading axes; `transposed` says which is read transposed.
constexpr Symbol product(Symbol a, Symbol b, int transposed) {
  const Shape x = a.shape(), y = b.shape();
  const int m = transposed & Transposed::left ? x[-1] : x[-2], n = transposed & Transposed::right ? y[-2] : y[-1];
  const Shape result = x.slice(0, x.rank - 2).append(m).append(n);
  return emit(a, {.op = Op::matmul, .in = {as_float(a).id, as_float(b).id, -1}, .axis = transposed, .shape = result}, a.poisoned || b.poisoned);
}

}  // namespace detail

/// The matrix product, as numpy.matmul: (..., M, K) x (K, N) -> (..., M, N), or (..., M, K) x (..., K, N) with leading axes
/// that are broadcast. A vector counts as one row on the left, as one column on the right.
constexpr Symbol matmul(Symbol a, Symbol b) {
  if (a.poisoned || b.poisoned) return {a.trace, a.graph, a.id, true};
  const Shape x = a.shape(), y = b.shape();
  if (x.rank == 0 || y.rank == 0) return detail::mistake(a, Problem::rank_too_small, x.rank == 0 ? x : y, shape(1));
  if (x.rank == 1) {
    const Symbol rows = matmul(reshape(a, shape(1, x[0])), b);
    Shape flat = rows.shape();
    if (rows.poisoned) return rows;
    flat = flat.rank == 1 ? Shape{} : [&] { Shape s = flat.slice(0, flat.rank - 2); return s.append(flat.back()); }();
    return reshape(rows, flat);
  }
  if (y.rank == 1) {
    const Symbol column = matmul(a, reshape(b, shape(y[0], 1)));
    return column.poisoned ? column : reshape(column, column.shape().slice(0, column.shape().rank - 1));
  }
  if (x[-1] != y[-2]) return detail::mistake(a, Problem::matmul_sizes_differ, x, y);
  if (y.rank == 2) {
    if (x.rank == 2) return detail::product(a, b, Transposed::none);
    return reshape(detail::product(reshape(a, detail::as_matrix(x)), b, Transposed::none), x.slice(0, x.rank - 1).append(y[-1]));
  }
  Shape leading;
  const Problem problem = detail::combine(x.slice(0, x.rank - 2), y.slice(0, y.rank - 2), leading);
  if (problem != Problem::none) return detail::mistake(a, problem, x, y);
  const Symbol left = broadcast_to(a, leading.append(x[-2]).append(x[-1])), right = broadcast_to(b, leading.append(y[-2]).append(y[-1]));
  return detail::product(left, right, Transposed::none);
}

}  // namespace tenon
