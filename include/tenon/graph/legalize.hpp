// Operations that no kernel does at once, as several that kernels do.
#pragma once

#include <tenon/graph/rewrite.hpp>

namespace tenon {

/// The reduced axes of a reduction that matter, those of extent 1 left out.
constexpr int reduced_axes(const NodeGraph& g, const Node& v) {
  int bits = 0;
  const Shape& s = g.nodes[v.in[0]].shape;
  for (int i = 0; i < s.rank; ++i)
    if ((v.axis >> i & 1) && s.extent[i] != 1) bits |= 1 << i;
  return bits;
}

/// The last run of neighbouring axes among the reduced ones (axes of extent 1 may stand between).
constexpr int last_run(const Shape& s, int bits) {
  int run = 0;
  for (int i = s.rank - 1; i >= 0; --i) {
    if (bits >> i & 1) run |= 1 << i;
    else if (run != 0 && s.extent[i] != 1) break;
  }
  return run;
}

/// A sum over axes that are not neighbours (height and batch, say) becomes a chain of reductions over neighbouring axes.
constexpr NodeGraph legalize(const NodeGraph& in) {
  return rewrite(in, [&](NodeGraph& out, int id, const List<int>& now) {
    Node v = moved(in.nodes[id], now);
    if (!is_reduction(v.op)) return out.add(v);
    int left = reduced_axes(out, v);
    Shape s = out.nodes[v.in[0]].shape;
    for (int run = last_run(s, left); run != left; left &= ~run, run = last_run(s, left)) {
      Node part = v;
      for (int i = 0; i < s.rank; ++i)
        if (run >> i & 1) s.extent[i] = 1;
      part.axis = run;
      part.shape = s;
      v.in[0] = out.add(part);
    }
    v.axis = left == 0 ? v.axis : left;
    return out.add(v);
  });
}

}  // namespace tenon
