// Graphs that are built and run while the test runs, in double: nothing is instantiated, so tests of them compile fast.
#pragma once

#include <stdexcept>
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

/// Runs a graph operation by operation, in double or in float.
template <class T = double>
std::vector<Values> run(const tenon::NodeGraph& g, const std::vector<Values>& arguments, long batch = 1, tenon::Noise noise = {}) {
  const auto integer = [&](int node) { return is_integer(g.nodes[node].dtype); };
  const auto at = [](auto& list, int i) -> auto& { return list.at(static_cast<std::size_t>(i)); };
  std::vector<std::vector<T>> floats(arguments.size()), results;
  std::vector<std::vector<int>> integers(arguments.size()), integer_results;
  std::vector<const void*> in;
  for (int k = 0; k < g.arguments.size(); ++k) {
    const Values& v = at(arguments, k);
    if (static_cast<long>(v.size()) != count(g, g.arguments[k].node, batch)) throw std::invalid_argument("support::run: argument of the wrong size");
    for (const double x : v)
      if (integer(g.arguments[k].node)) at(integers, k).push_back(static_cast<int>(x));
      else at(floats, k).push_back(static_cast<T>(x));
    in.push_back(integer(g.arguments[k].node) ? static_cast<const void*>(at(integers, k).data()) : at(floats, k).data());
  }
  for (const tenon::Port& r : g.results) {
    results.emplace_back(static_cast<std::size_t>(count(g, r.node, batch)));
    integer_results.emplace_back(results.back().size());
  }
  std::vector<void*> out;
  for (int r = 0; r < g.results.size(); ++r) out.push_back(integer(g.results[r].node) ? static_cast<void*>(at(integer_results, r).data()) : at(results, r).data());
  const tenon::Frame frame{in.data(), out.data(), batch, noise};
  tenon::reference::Interpreter<T>(g, frame).run();
  std::vector<Values> values;
  for (int r = 0; r < g.results.size(); ++r) {
    if (integer(g.results[r].node)) values.emplace_back(at(integer_results, r).begin(), at(integer_results, r).end());
    else values.emplace_back(at(results, r).begin(), at(results, r).end());
  }
  return values;
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
