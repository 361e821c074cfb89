// How a value that is only a view of another one is read: where it starts, and how far apart its elements are.
#pragma once

#include <tenon/graph/extent.hpp>
#include <tenon/graph/graph.hpp>

namespace tenon {

/// A value as a strided view of a stored one. The offset has a part that grows with the batch, as it does behind a slice of
/// a time-major sequence.
struct View {
  int base = -1;
  long fixed = 0, scaled = 0;  ///< the offset, in elements: fixed + scaled x batch
  Extent stride[max_rank]{};   ///< for each axis of the viewed shape
};

constexpr bool is_strided_view(Op op) { return op == Op::expand || op == Op::transpose || op == Op::slice; }

/// The row-major stride of an axis.
constexpr Extent dense_stride(const Shape& s, int axis) { return elements(s, axis + 1, s.rank); }

/// Follows expand, transpose and slice down to the value that is really there: one for which stored[id], or no view at all.
constexpr View view_of(const NodeGraph& g, int id, const List<bool>& stored) {
  const int rank = g.nodes[id].shape.rank;
  int axis[max_rank]{};       // which axis of the node we are at each axis of the view moves along, or -1
  long step[max_rank]{};      // and how far
  long start[max_rank]{};     // where the view starts, for each axis of the node we are at
  for (int i = 0; i < rank; ++i) axis[i] = i, step[i] = 1;
  int at = id;
  while (is_strided_view(g.nodes[at].op) && !stored[at]) {
    const Node& v = g.nodes[at];
    const Shape& from = g.nodes[v.in[0]].shape;
    long moved[max_rank]{};
    if (v.op == Op::transpose) {
      for (int i = 0; i < v.shape.rank; ++i) moved[permuted_axis(v.axis, i)] = start[i];
      for (int i = 0; i < rank; ++i)
        if (axis[i] >= 0) axis[i] = permuted_axis(v.axis, axis[i]);
    } else if (v.op == Op::slice) {
      const Window& w = g.windows[v.window];
      for (int i = 0; i < from.rank; ++i) moved[i] = w.low[i] + start[i] * w.stride[i];
      for (int i = 0; i < rank; ++i)
        if (axis[i] >= 0) step[i] *= w.stride[axis[i]];
    } else {
      const int missing = v.shape.rank - from.rank;
      for (int i = 0; i < from.rank; ++i) moved[i] = from.extent[i] == 1 ? 0 : start[i + missing];
      for (int i = 0; i < rank; ++i) {
        if (axis[i] < 0) continue;
        const int below = axis[i] - missing;
        axis[i] = below < 0 || (from.extent[below] == 1 && v.shape.extent[axis[i]] != 1) ? -1 : below;
      }
    }
    for (int i = 0; i < max_rank; ++i) start[i] = moved[i];
    at = v.in[0];
  }
  View view;
  view.base = at;
  const Shape& s = g.nodes[at].shape;
  for (int i = 0; i < rank; ++i)
    if (axis[i] >= 0) view.stride[i] = dense_stride(s, axis[i]) * step[i];
  for (int i = 0; i < s.rank; ++i) {
    const Extent offset = dense_stride(s, i) * start[i];
    (offset.batched ? view.scaled : view.fixed) += offset.n;
  }
  return view;
}

/// A dense view of a node's whole value.
constexpr View dense_view(const NodeGraph& g, int id) {
  View view;
  view.base = id;
  for (int i = 0; i < g.nodes[id].shape.rank; ++i) view.stride[i] = dense_stride(g.nodes[id].shape, i);
  return view;
}

}  // namespace tenon
