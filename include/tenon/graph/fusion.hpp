// What fusion decides, and what it calls things.
#pragma once

#include <tenon/graph/graph.hpp>

namespace tenon {

/// What fusion decides about each node of a graph.
struct Fusion {
  List<bool> stored;  ///< does the value reach memory?
  List<int> level;    ///< steps between the arguments and this value
  List<int> group;    ///< elementwise nodes with one group are one kernel; others are groups of their own
  List<int> host;     ///< of a group (by its number): the product or convolution whose epilogue it becomes, or -1
  List<int> rider;    ///< of a sum over rows (or of the indices of a pooled convolution): the product that delivers it on the way, or -1
};

/// A value that every kernel makes for itself.
constexpr bool is_literal(const NodeGraph& g, int id) {
  while (g.nodes[id].op == Op::expand) id = g.nodes[id].in[0];
  return g.nodes[id].op == Op::constant || g.nodes[id].op == Op::batch;
}
constexpr bool is_generated(Op op) { return op == Op::random || op == Op::iota; }
/// The node whose memory a value shares: reshape is another name for the same elements.
constexpr int storage_of(const NodeGraph& g, int id) {
  while (g.nodes[id].op == Op::reshape) id = g.nodes[id].in[0];
  return id;
}
/// Elementwise nodes, and numbers that are made up: what a Map computes.
constexpr bool is_pointwise(Op op) { return is_elementwise(op) || is_generated(op); }
constexpr bool can_host(Op op) {
  return op == Op::matmul || op == Op::convolve || op == Op::convolve_input_gradient || op == Op::pooled_convolve || op == Op::pooled_input_gradient;
}

}  // namespace tenon
