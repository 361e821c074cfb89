// Graphs that are built and run while the test runs, in double: nothing is instantiated, so tests of them compile fast.
#pragma once

#include <vector>

#include <tenon/backend/reference.hpp>
#include <tenon/core/random.hpp>
#include <tenon/graph/differentiate.hpp>

namespace support {

using Values = std::vector<double>;

/// A graph under construction.
///
///     support::Sketch g;
///     const auto x = g.argument(tn::shape(2, 3)), y = g.argument(tn::shape(3));
///     CHECK(g.run({x + y}, {{1, 2, 3, 4, 5, 6}, {10, 20, 30}})[0] == support::Values{11, 22, 33, 14, 25, 36});
struct Sketch {
  tenon::Trace trace;

  Sketch() { trace.program.graphs.push_back(tenon::NodeGraph{}); }
  Sketch(const Sketch&) = delete;  // symbols point here
  Sketch& operator=(const Sketch&) = delete;

  tenon::NodeGraph& graph() { return trace.root(); }
  tenon::Symbol symbol(int node) { return {&trace, 0, node}; }
  tenon::Symbol argument(const tenon::Shape& shape, tenon::DType type = tenon::DType::float32, tenon::Role role = tenon::Role::input, int index = -1) {
    return symbol(trace.argument(role, index < 0 ? graph().arguments.size() : index, shape, type));
  }
  tenon::Symbol weight(const tenon::Shape& shape, int index) { return argument(shape, tenon::DType::float32, tenon::Role::weight, index); }
  void result(tenon::Symbol value, tenon::Role role = tenon::Role::output, int index = -1) {
    graph().results.push_back({role, value.id, index < 0 ? graph().results.size() : index});
  }
  /// The graph with these symbols as its only results.
  tenon::NodeGraph with_results(const std::vector<tenon::Symbol>& symbols) const {
    tenon::NodeGraph g = trace.program.root();
    g.results.clear();
    for (const tenon::Symbol& s : symbols) g.results.push_back({tenon::Role::output, s.id, g.results.size()});
    return g;
  }
  std::vector<Values> run(const std::vector<tenon::Symbol>& symbols, const std::vector<Values>& arguments, long batch = 1, tenon::Noise noise = {}) const;
};

inline long count(const tenon::NodeGraph& g, int node, long batch) { return g.nodes[node].shape.elements(batch); }

/// Runs a graph operation by operation.
inline std::vector<Values> run(const tenon::NodeGraph& g, const std::vector<Values>& arguments, long batch = 1, tenon::Noise noise = {}) {
  std::vector<const void*> in;
  std::vector<std::vector<int>> integers(arguments.size());
  for (int k = 0; k < g.arguments.size(); ++k) {
    const Values& v = arguments.at(static_cast<std::size_t>(k));
    if (static_cast<long>(v.size()) != count(g, g.arguments[k].node, batch)) throw std::invalid_argument("support::run: argument of the wrong size");
    if (is_integer(g.nodes[g.arguments[k].node].dtype)) integers[static_cast<std::size_t>(k)].assign(v.begin(), v.end());
    in.push_back(is_integer(g.nodes[g.arguments[k].node].dtype) ? static_cast<const void*>(integers[static_cast<std::size_t>(k)].data()) : v.data());
  }
  std::vector<Values> results;
  std::vector<std::vector<int>> integer_results;
  for (const tenon::Port& r : g.results) {
    results.emplace_back(static_cast<std::size_t>(count(g, r.node, batch)));
    integer_results.emplace_back(results.back().size());
  }
  std::vector<void*> out;
  for (int r = 0; r < g.results.size(); ++r) {
    const auto at = static_cast<std::size_t>(r);
    out.push_back(is_integer(g.nodes[g.results[r].node].dtype) ? static_cast<void*>(integer_results[at].data()) : results[at].data());
  }
  const tenon::Frame frame{in.data(), out.data(), batch, noise};
  tenon::reference::Interpreter<double>(g, frame).run();
  for (int r = 0; r < g.results.size(); ++r) {
    const auto at = static_cast<std::size_t>(r);
    if (is_integer(g.nodes[g.results[r].node].dtype)) results[at].assign(integer_results[at].begin(), integer_results[at].end());
  }
  return results;
}

inline std::vector<Values> Sketch::run(const std::vector<tenon::Symbol>& symbols, const std::vector<Values>& arguments, long batch, tenon::Noise noise) const {
  return support::run(with_results(symbols), arguments, batch, noise);
}

/// Numbers in [low, high), of which no two are equal or nearly so (a maximum has one place).
inline Values random_values(long size, tenon::Random& random, double low = -1, double high = 1) {
  Values v;
  for (const std::size_t i : tenon::shuffled_indices(static_cast<std::size_t>(size), tenon::Random(random())))
    v.push_back(low + (high - low) * (static_cast<double>(i) + 0.2 + 0.6 * static_cast<double>(random.uniform())) / static_cast<double>(size));
  return v;
}

/// How many nodes of a graph do this.
inline int count_of(const tenon::NodeGraph& g, tenon::Op op) {
  int n = 0;
  for (const tenon::Node& v : g.nodes) n += v.op == op;
  return n;
}

}  // namespace support
