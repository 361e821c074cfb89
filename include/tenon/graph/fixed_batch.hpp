// A graph for a number of samples that is known.
#pragma once

#include <tenon/graph/identities.hpp>
#include <tenon/graph/trace.hpp>

namespace tenon {

/// The graph with open extents closed: what is a function of the batch becomes a number.
constexpr NodeGraph with_batch(const NodeGraph& in, int batch) {
  NodeGraph out;
  List<int> now(in.nodes.size(), -1);
  for (const Window& window : in.windows) out.add_window(window);
  for (int id = 0; id < in.nodes.size(); ++id) {
    Node v = in.nodes[id];
    for (int& input : v.in)
      if (input >= 0) input = now[input];
    for (int i = 0; i < v.shape.rank; ++i)
      if (v.shape.extent[i] < 0) v.shape.extent[i] *= -batch;
    if (v.op == Op::batch) v = {.op = Op::constant, .value = static_cast<double>(batch)};
    now[id] = out.add(v);
  }
  for (const Port& p : in.arguments) out.arguments.push_back({p.role, now[p.node], p.index});
  for (const Port& p : in.results) out.results.push_back({p.role, now[p.node], p.index});
  return out;
}

/// A source of the same graph for a fixed number of samples: its kernels know all of their extents.
template <class Source, int Batch>
struct FixedBatch {
  static constexpr Trace trace() {
    Trace t = Source::trace();
    NodeGraph closed = with_batch(t.root(), Batch);
    t.root() = std::move(closed);
    return t;
  }
};

}  // namespace tenon
