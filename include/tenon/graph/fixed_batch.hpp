// A graph for a number of samples that is known.
#pragma once

#include <tenon/graph/frozen.hpp>
#include <tenon/graph/rewrite.hpp>

namespace tenon {

/// The graph with open extents closed: what is a function of the batch becomes a number.
constexpr NodeGraph with_batch(const NodeGraph& in, int batch) {
  return rewrite(in, [&](NodeGraph& out, int id, const List<int>& now) {
    Node v = moved(in.nodes[id], now);
    for (int i = 0; i < v.shape.rank; ++i)
      if (v.shape.extent[i] < 0) v.shape.extent[i] *= -batch;
    if (v.op == Op::batch) v = {.op = Op::constant, .value = static_cast<double>(batch)};
    return out.add(v);
  });
}

/// A source of the same graph for a fixed number of samples: its kernels know all of their extents. It has the graph only: the weights
/// and layers that tracing met are those of `Source`, and name nodes of the open graph.
template <class Source, int Batch>
struct FixedBatch {
  static constexpr Trace trace() {
    Trace t;
    t.program.graphs.push_back(with_batch(Traced<Source>::graph.thaw(), Batch));
    return t;
  }
};

}  // namespace tenon
