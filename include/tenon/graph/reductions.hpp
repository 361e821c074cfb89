// Operations that make axes smaller: sums, means, extrema, products, and what is built from them.
#pragma once

#include <initializer_list>

#include <tenon/graph/elementwise.hpp>
#include <tenon/graph/movement.hpp>

namespace tenon {
namespace detail {

/// A reduction over a set of axes, which stay as extents of 1.
constexpr Symbol reduce(Op op, Symbol x, int bits) {
  const bool index = op == Op::argmax || op == Op::argmin;
  return emit(x, {.op = op, .dtype = index ? DType::int32 : DType::float32, .in = {as_float(x).id, -1, -1}, .axis = bits, .shape = with_ones(x.shape(), bits)});
}
constexpr int all_axes(Symbol x) { return (1 << x.shape().rank) - 1; }

/// The number of elements that are reduced to one, as a symbol where it depends on the batch.
constexpr Symbol reduced_count(Symbol x, int bits) {
  double count = 1;
  bool batched = false;
  for (int i = 0; i < x.shape().rank; ++i)
    if (bits >> i & 1) {
      const int extent = x.shape().extent[i];
      count *= extent < 0 ? -extent : extent;
      batched = batched || extent < 0;
    }
  return batched ? emit(x, {.op = Op::batch}, false) * count : constant(x, count);
}

template <Op O, int... Axes>
constexpr Symbol reduction(Symbol x, Axis<Axes...>, bool keep) {
  const int bits = sizeof...(Axes) == 0 ? all_axes(x) : axis_bits(x, {Axes...});
  const Symbol y = reduce(O, x, bits);
  return keep || x.poisoned ? y : reshape(y, without(x.shape(), bits));
}
template <int... Axes>
constexpr Symbol mean(Symbol x, Axis<Axes...>, bool keep) {
  const int bits = sizeof...(Axes) == 0 ? all_axes(x) : axis_bits(x, {Axes...});
  const Symbol count = reduced_count(x, bits);
  const Symbol y = reduce(Op::reduce_sum, x, bits);
  const Symbol z = is_constant(count.home(), count.id) ? y * (1 / constant_value(count.home(), count.id)) : y / count;
  return keep || x.poisoned ? z : reshape(z, without(x.shape(), bits));
}

}  // namespace detail

// Each of these takes the axes to reduce, as in sum(x, axis<-1>), or none for all of them; keep_dims leaves extents of 1.
template <int... A> constexpr Symbol sum(Symbol x, Axis<A...> a) { return detail::reduction<Op::reduce_sum>(x, a, false); }
template <int... A> constexpr Symbol sum(Symbol x, Axis<A...> a, KeepDims) { return detail::reduction<Op::reduce_sum>(x, a, true); }
constexpr Symbol sum(Symbol x) { return sum(x, axis<>); }
template <int... A> constexpr Symbol mean(Symbol x, Axis<A...> a) { return detail::mean(x, a, false); }
template <int... A> constexpr Symbol mean(Symbol x, Axis<A...> a, KeepDims) { return detail::mean(x, a, true); }
constexpr Symbol mean(Symbol x) { return mean(x, axis<>); }
template <int... A> constexpr Symbol max(Symbol x, Axis<A...> a) { return detail::reduction<Op::reduce_max>(x, a, false); }
template <int... A> constexpr Symbol max(Symbol x, Axis<A...> a, KeepDims) { return detail::reduction<Op::reduce_max>(x, a, true); }
constexpr Symbol max(Symbol x) { return max(x, axis<>); }
template <int... A> constexpr Symbol min(Symbol x, Axis<A...> a) { return detail::reduction<Op::reduce_min>(x, a, false); }
template <int... A> constexpr Symbol min(Symbol x, Axis<A...> a, KeepDims) { return detail::reduction<Op::reduce_min>(x, a, true); }
constexpr Symbol min(Symbol x) { return min(x, axis<>); }
template <int... A> constexpr Symbol prod(Symbol x, Axis<A...> a) { return detail::reduction<Op::reduce_prod>(x, a, false); }
template <int... A> constexpr Symbol prod(Symbol x, Axis<A...> a, KeepDims) { return detail::reduction<Op::reduce_prod>(x, a, true); }
constexpr Symbol prod(Symbol x) { return prod(x, axis<>); }

/// The first position of the largest (smallest) element along one axis, as integers.
template <int A> constexpr Symbol argmax(Symbol x, Axis<A> a) { return detail::reduction<Op::argmax>(x, a, false); }
template <int A> constexpr Symbol argmin(Symbol x, Axis<A> a) { return detail::reduction<Op::argmin>(x, a, false); }

/// The biased variance, mean((x - mean(x))^2).
template <int... A> constexpr Symbol variance(Symbol x, Axis<A...> a) { return mean(square(x - mean(x, a, keep_dims)), a); }
template <int... A> constexpr Symbol variance(Symbol x, Axis<A...> a, KeepDims k) { return mean(square(x - mean(x, a, k)), a, k); }

/// log(sum(exp(x))), computed from differences to the largest element so that nothing overflows.
template <int... A>
constexpr Symbol logsumexp(Symbol x, Axis<A...> a, KeepDims k) {
  const Symbol most = stop_gradient(max(x, a, k)), largest = select(abs(most) > detail::largest_float, 0, most);  // no inf - inf
  return log(sum(exp(x - largest), a, k)) + largest;
}
template <int... A>
constexpr Symbol logsumexp(Symbol x, Axis<A...> a) {
  const int bits = sizeof...(A) == 0 ? detail::all_axes(x) : detail::axis_bits(x, {A...});
  const Symbol y = logsumexp(x, a, keep_dims);
  return y.poisoned ? y : reshape(y, detail::without(x.shape(), bits));
}

namespace detail {
// The last axis holds classes: it is not the batch.
constexpr Symbol along_classes(Op op, Symbol x) {
  if (!x.poisoned && (x.shape().rank < 1 || x.shape().back() < 0)) return mistake(x, Problem::rank_too_small, x.shape(), shape(1));
  return unary(op, as_float(x));
}
}  // namespace detail

/// exp(x) / sum(exp(x)) along the last axis.
constexpr Symbol softmax(Symbol x) { return detail::along_classes(Op::softmax, x); }
/// log(softmax(x)), computed so that nothing overflows or vanishes.
constexpr Symbol log_softmax(Symbol x) { return detail::along_classes(Op::log_softmax, x); }

/// Positions along an axis of the shape: 0, 1, 2, ...
constexpr Symbol iota(Symbol like, const Shape& shape, int axis) {
  const int at = detail::normalized_axis(axis, shape.rank);
  if (at < 0) return like.poisoned ? like : detail::mistake(like, Problem::axis_out_of_range, shape, tenon::shape(axis));
  return detail::emit(like, {.op = Op::iota, .axis = at, .shape = shape});
}
/// Integers as rows of zeros with a single one: (B) -> (B, depth).
constexpr Symbol one_hot(Symbol indices, int depth) {
  if (!indices.poisoned && !is_integer(indices.dtype())) return detail::mistake(indices, Problem::indices_are_not_integers, indices.shape());
  if (!indices.poisoned && indices.shape().rank == max_rank) return detail::mistake(indices, Problem::rank_too_large, indices.shape());
  if (!indices.poisoned && depth < 1) return detail::mistake(indices, Problem::value_out_of_range, detail::Numbers{tenon::shape(depth)}, detail::Numbers{tenon::shape(1)});
  if (indices.poisoned) return indices;
  const Shape shape = indices.shape().append(depth);
  return expand_dims(indices, axis<-1>) == iota(indices, shape, -1);
}

/// The rows of `table` (N, ...) at these indices: (indices..., ...). An index that is no row, below 0 or not below N, gives zeros.
constexpr Symbol gather(Symbol table, Symbol indices) {
  const bool poisoned = table.poisoned || indices.poisoned;
  if (!poisoned && !is_integer(indices.dtype())) return detail::mistake(table, Problem::indices_are_not_integers, indices.shape());
  if (poisoned) return {table.trace, table.graph, table.id, true};
  if (table.shape().rank == 0) return detail::mistake(table, Problem::rank_too_small, table.shape(), tenon::shape(1));
  if (indices.shape().rank + table.shape().rank - 1 > max_rank) return detail::mistake(table, Problem::rank_too_large, table.shape(), indices.shape());
  Shape shape = indices.shape();
  for (int i = 1; i < table.shape().rank; ++i) shape = shape.append(table.shape().extent[i]);
  return detail::emit(table, {.op = Op::gather, .dtype = table.dtype(), .in = {table.id, indices.id, -1}, .shape = shape}, poisoned);
}

}  // namespace tenon
