// Graphs and traces as constants: what a pass returns is stored in arrays of exactly the right size.
#pragma once

#include <cstddef>

#include <tenon/graph/trace.hpp>

namespace tenon {

/// How much a graph or a trace holds.
struct Sizes {
  int nodes = 0, windows = 0, arguments = 0, results = 0, weights = 0, layers = 0, hyperparameters = 0;
  bool mistaken = false;  ///< tracing found a mistake
};

namespace detail {
constexpr std::size_t room(int size) { return size > 0 ? static_cast<std::size_t>(size) : 1; }
template <class T>
constexpr void copy(const List<T>& from, T* to) {
  for (int i = 0; i < from.size(); ++i) to[i] = from[i];
}
template <class T>
constexpr List<T> list(const T* from, int size) {
  List<T> items;
  items.reserve(size);
  for (int i = 0; i < size; ++i) items.push_back(from[i]);
  return items;
}
}  // namespace detail

/// A graph as a constant. Memory that was taken during constant evaluation cannot outlive it; arrays can.
template <Sizes S>
struct FrozenGraph {
  static constexpr Sizes sizes = S;
  Node nodes[detail::room(S.nodes)];
  Window windows[detail::room(S.windows)];
  Port arguments[detail::room(S.arguments)];
  Port results[detail::room(S.results)];

  /// The graph again. If nodes are added, they are found among those there are, as in the graph that was frozen.
  constexpr NodeGraph thaw() const {
    NodeGraph g;
    g.nodes = detail::list(nodes, S.nodes);
    g.windows = detail::list(windows, S.windows);
    g.arguments = detail::list(arguments, S.arguments);
    g.results = detail::list(results, S.results);
    return g;
  }
};
constexpr Sizes measure(const NodeGraph& g) {
  return {.nodes = g.nodes.size(), .windows = g.windows.size(), .arguments = g.arguments.size(), .results = g.results.size()};
}
template <Sizes S>
constexpr FrozenGraph<S> freeze(const NodeGraph& g) {
  FrozenGraph<S> f{};
  detail::copy(g.nodes, f.nodes);
  detail::copy(g.windows, f.windows);
  detail::copy(g.arguments, f.arguments);
  detail::copy(g.results, f.results);
  return f;
}

/// What tracing found out besides the graph.
template <Sizes S>
struct FrozenTrace {
  static constexpr Sizes sizes = S;
  Weight weights[detail::room(S.weights)];
  LayerRecord layers[detail::room(S.layers)];
  Hyperparameter hyperparameters[detail::room(S.hyperparameters)];
  Mistake mistake;
};
constexpr Sizes measure(const Trace& t) {
  Sizes s = measure(t.program.root());
  s.weights = t.weights.size();
  s.layers = t.layers.size();
  s.hyperparameters = t.hyperparameters.size();
  s.mistaken = t.mistake.problem != Problem::none;
  return s;
}
template <Sizes S>
constexpr FrozenTrace<S> freeze_records(const Trace& t) {
  FrozenTrace<S> f{};
  detail::copy(t.weights, f.weights);
  detail::copy(t.layers, f.layers);
  detail::copy(t.hyperparameters, f.hyperparameters);
  f.mistake = t.mistake;
  return f;
}

/// The stages of a source of a graph (a type with a static function `trace`), each a constant of its own so that each has the
/// compiler's whole budget for constant evaluation. The source is traced anew for each of them: for the sizes, the records and the graph.
template <class Source>
struct Traced {
  static constexpr Sizes sizes = measure(Source::trace());
  static constexpr FrozenTrace<sizes> records = freeze_records<sizes>(Source::trace());
  static constexpr FrozenGraph<sizes> graph = freeze<sizes>(Source::trace().program.root());
};

}  // namespace tenon
