// A closed graph of operations, and a program: a set of graphs.
#pragma once

#include <bit>

#include <tenon/core/list.hpp>
#include <tenon/graph/node.hpp>

namespace tenon {

/// What an argument or a result of a graph is to the one who calls it.
enum class Role : unsigned char {
  input, target, sample_weight, weight, gradient, hyperparameter, iteration,  // arguments
  output, loss, metric, update,                                          // results (and gradient)
  state, sequence, capture, stack, sum                                 // of the body of a loop
};

/// An argument or a result of a graph, by position: its role, the node that stands for it, and which of its role it is.
struct Port {
  Role role{};
  int node = -1;
  int index = 0;
  constexpr bool operator==(const Port&) const = default;
};

/// A closed graph: nodes in topological order, arguments and results by position. It names nothing outside itself, so that
/// equal bodies are one. `add` is hash-consing: an equal node is never stored twice (common subexpressions are free).
struct NodeGraph {
  List<Node> nodes;
  List<Window> windows;
  List<Port> arguments;
  List<Port> results;

  constexpr int add(const Node& node) {
    if (buckets_.empty()) index();
    int& bucket = buckets_[hash(node)];
    for (int id = bucket; id >= 0; id = chain_[id])
      if (nodes[id] == node) return id;
    chain_.push_back(bucket);
    return bucket = nodes.push_back(node);
  }
  constexpr int add_window(const Window& window) { return windows.find_or_add(window); }

 private:
  static constexpr int bucket_count = 256;
  static constexpr int hash(const Node& v) {
    const unsigned h = static_cast<unsigned>(v.op) * 31u + static_cast<unsigned>(v.in[0] + 1) * 17u + static_cast<unsigned>(v.in[1] + 1) * 57u +
                       static_cast<unsigned>(v.axis) * 7u + static_cast<unsigned>(v.shape.rank > 0 ? v.shape.back() : 0) * 3u +
                       static_cast<unsigned>(std::bit_cast<unsigned long long>(v.value) >> 40);
    return static_cast<int>((h ^ (h >> 8)) % bucket_count);
  }
  /// Makes the nodes that there are findable: those of a graph that was thawed were never added.
  constexpr void index() {
    buckets_ = List<int>(bucket_count, -1);
    chain_.reserve(nodes.size());
    for (int id = 0; id < nodes.size(); ++id) {
      int& bucket = buckets_[hash(nodes[id])];
      chain_.push_back(bucket);
      bucket = id;
    }
  }
  List<int> buckets_, chain_;  // empty until the first node is added
};

/// How one graph runs another: a loop over time, a branch. The operands are bound to the body's arguments by position.
struct Call {
  int body = -1;
  int length = 0;
  bool reverse = false;
  List<int> operands;
  constexpr bool operator==(const Call&) const = default;
};

/// A set of closed graphs. The first one is the root; the others are bodies that `calls` run.
struct Program {
  List<NodeGraph> graphs;
  List<Call> calls;
  constexpr NodeGraph& root() { return graphs[0]; }
  constexpr const NodeGraph& root() const { return graphs[0]; }
};

}  // namespace tenon
