// Operations that move elements without computing: reshape, transpose, slice, split, pad, concatenate.
#pragma once

#include <initializer_list>

#include <tenon/graph/axes.hpp>

namespace tenon {

/// The same elements in the same order under another shape. The batch axis may be merged with others but not split.
constexpr Symbol reshape(Symbol x, const Shape& shape) {
  if (!x.poisoned && (shape.elements() != x.shape().elements() || shape.batched() != x.shape().batched()))
    return detail::mistake(x, Problem::reshape_changes_size, x.shape(), shape);
  return detail::emit(x, {.op = Op::reshape, .dtype = x.dtype(), .in = {x.id, -1, -1}, .shape = shape});
}
/// A new axis of extent 1.
template <int Where>
constexpr Symbol expand_dims(Symbol x, Axis<Where>) {
  if (x.poisoned) return x;
  Shape longer;
  const int at = detail::normalized_axis(Where, x.shape().rank + 1);
  if (x.shape().rank == max_rank) return detail::mistake(x, Problem::rank_too_large, x.shape());
  if (at < 0) return detail::mistake(x, Problem::axis_out_of_range, x.shape(), detail::Numbers{shape(Where)});
  for (int i = 0; i <= x.shape().rank; ++i) longer.extent[longer.rank++] = i == at ? 1 : x.shape().extent[i - (i > at)];
  return reshape(x, longer);
}

/// Axis i of the result is axis order[i] of x.
constexpr Symbol transpose(Symbol x, const int (&order)[max_rank]) {
  Shape shape;
  shape.rank = x.shape().rank;
  for (int i = 0; i < shape.rank; ++i) shape.extent[i] = x.shape().extent[order[i]];
  return detail::emit(x, {.op = Op::transpose, .dtype = x.dtype(), .in = {x.id, -1, -1}, .axis = permutation_of(order, shape.rank), .shape = shape});
}
template <int... Order>
constexpr Symbol transpose(Symbol x, Axis<Order...>) {
  int order[max_rank]{};
  int i = 0, seen = 0;
  bool valid = static_cast<int>(sizeof...(Order)) == x.shape().rank;
  ((order[i++] = Order, valid = valid && Order >= 0 && Order < x.shape().rank && !(seen >> Order & 1), seen |= valid ? 1 << Order : 0), ...);
  if (!valid) return x.poisoned ? x : detail::mistake(x, Problem::axis_out_of_range, x.shape(), detail::Numbers{shape(Order...)});
  return transpose(x, order);
}
/// The last two axes exchanged.
constexpr Symbol transpose(Symbol x) {
  int order[max_rank]{0, 1, 2, 3, 4, 5};
  const int r = x.shape().rank;
  if (r < 2) return x.poisoned ? x : detail::mistake(x, Problem::rank_too_small, x.shape(), shape(2));
  order[r - 1] = r - 2;
  order[r - 2] = r - 1;
  return transpose(x, order);
}

/// The elements start, start + step, ... along each axis, as many as `shape` says.
constexpr Symbol slice(Symbol x, const Window& window, const Shape& shape) {
  if (shape == x.shape()) return x;
  return detail::emit(x, {.op = Op::slice, .dtype = x.dtype(), .in = {x.id, -1, -1}, .window = x.home().add_window(window), .shape = shape});
}
/// The part [start, stop) of one axis, every `step`-th element: as x[..., start:stop:step] in NumPy. Negative positions count from the end.
template <int Where>
constexpr Symbol slice(Symbol x, Axis<Where>, int start, int stop, int step = 1) {
  const int at = detail::normalized_axis(Where, x.shape().rank);
  if (x.poisoned) return x;
  if (at < 0 || x.shape().extent[at] < 0) return detail::mistake(x, Problem::axis_out_of_range, x.shape(), detail::Numbers{shape(Where)});
  Shape part = x.shape();
  const int extent = part.extent[at];
  const int from = start < 0 ? start + extent : start, to = stop < 0 ? stop + extent : stop;
  if (from < 0 || to > extent || from >= to || step < 1) return detail::mistake(x, Problem::slice_out_of_range, x.shape(), detail::Numbers{shape(start, stop)});
  Window window;
  for (int i = 0; i < part.rank; ++i) window.stride[i] = 1;
  window.low[at] = from;
  window.stride[at] = step;
  part.extent[at] = (to - from + step - 1) / step;
  return slice(x, window, part);
}
/// The k-th of `parts` equal pieces along an axis.
template <int Parts, int Where>
constexpr Symbol split(Symbol x, Axis<Where> where, int k) {
  const int at = detail::normalized_axis(Where, x.shape().rank);
  if (x.poisoned) return x;
  if (at < 0 || Parts < 1 || x.shape().extent[at] % (Parts < 1 ? 1 : Parts) != 0) return detail::mistake(x, Problem::slice_out_of_range, x.shape(), detail::Numbers{shape(Parts)});
  const int size = x.shape().extent[at] / Parts;
  return slice(x, where, k * size, (k + 1) * size);
}

/// Zeros around x: element i of an axis goes to low + i * stride of the larger one.
constexpr Symbol pad(Symbol x, const Window& window, const Shape& shape) {
  if (shape == x.shape()) return x;
  return detail::emit(x, {.op = Op::pad, .dtype = x.dtype(), .in = {x.id, -1, -1}, .window = x.home().add_window(window), .shape = shape});
}
/// `before` zeros in front of an axis and `after` behind it.
template <int Where>
constexpr Symbol pad(Symbol x, Axis<Where>, int before, int after) {
  const int at = detail::normalized_axis(Where, x.shape().rank);
  if (x.poisoned) return x;
  if (at < 0 || x.shape().extent[at] < 0) return detail::mistake(x, Problem::axis_out_of_range, x.shape(), detail::Numbers{shape(Where)});
  if (before < 0 || after < 0) return detail::mistake(x, Problem::value_out_of_range, detail::Numbers{shape(before, after)}, detail::Numbers{shape(0)});
  Window window;
  Shape larger = x.shape();
  for (int i = 0; i < larger.rank; ++i) window.stride[i] = 1;
  window.low[at] = before;
  if (long{larger.extent[at]} + before + after > max_elements) return detail::mistake(x, Problem::too_large, x.shape());
  larger.extent[at] += before + after;
  return pad(x, window, larger);
}

/// One after the other along an axis; all other extents are equal.
template <int Where>
constexpr Symbol concatenate(Axis<Where> where, Symbol a, Symbol b) {
  const bool poisoned = a.poisoned || b.poisoned;
  const int at = detail::normalized_axis(Where, a.shape().rank);
  if (poisoned) return {a.trace, a.graph, a.id, true};
  if (at < 0 || a.shape().extent[at] < 0) return detail::mistake(a, Problem::axis_out_of_range, a.shape(), detail::Numbers{shape(Where)});
  Shape shape = a.shape();
  bool fits = a.shape().rank == b.shape().rank;
  for (int i = 0; fits && i < shape.rank; ++i) fits = i == at ? b.shape().extent[i] > 0 : a.shape().extent[i] == b.shape().extent[i];
  if (!fits) return detail::mistake(a, Problem::shapes_cannot_be_concatenated, a.shape(), b.shape());
  if (long{shape.extent[at]} + b.shape().extent[at] > max_elements) return detail::mistake(a, Problem::too_large, a.shape(), b.shape());
  shape.extent[at] += b.shape().extent[at];
  static_cast<void>(where);
  if (a.dtype() != b.dtype()) a = detail::as_float(a), b = detail::as_float(b);
  return detail::emit(a, {.op = Op::concatenate, .dtype = a.dtype(), .in = {a.id, b.id, -1}, .axis = at, .shape = shape});
}
template <int Where, class... Rest>
constexpr Symbol concatenate(Axis<Where> where, Symbol a, Symbol b, Symbol c, Rest... rest) {
  return concatenate(where, concatenate(where, a, b), c, rest...);
}
/// Along the last axis, as keras.layers.Concatenate does by default.
template <class... Rest>
constexpr Symbol concatenate(Symbol a, Symbol b, Rest... rest) {
  return concatenate(axis<-1>, a, b, rest...);
}

}  // namespace tenon
