// A tensor that is not there yet: what a layer computes with while it is traced.
#pragma once

#include <concepts>

#include <tenon/graph/identities.hpp>
#include <tenon/graph/trace.hpp>

namespace tenon {

namespace detail {
template <class>
inline constexpr bool value_is_known_while_compiling = false;
}  // namespace detail

/// A value of the graph under construction. Layers, losses and metrics are functions of symbols; the operators below and in
/// the other files of this folder write nodes into the graph and return the symbol of the result.
///
/// After a mistake, symbols are `poisoned`: whatever is computed from one is silent, so that the first mistake is the one
/// that is reported.
struct Symbol {
  Trace* trace = nullptr;
  int graph = 0;
  int id = -1;
  bool poisoned = false;
  int weight_index = -1;  ///< of what `weight` or `state` returned, else -1

  constexpr NodeGraph& home() const { return trace->program.graphs[graph]; }
  constexpr const Node& node() const { return home().nodes[id]; }
  /// The shape, batch axis included: x.shape().back() is the number of features.
  constexpr Shape shape() const { return node().shape; }
  constexpr DType dtype() const { return node().dtype; }
  /// True while a training step is traced, false for evaluation and prediction.
  constexpr bool training() const { return trace->training; }
  /// True within a Frozen layer: what it learned is not changed, moving averages included.
  constexpr bool frozen() const { return trace->frozen; }

  /// Refused: while a model is traced there is no value yet that `if`, `?:`, `&&` or `!` could ask for.
  template <std::same_as<bool> T>
  constexpr explicit operator T() const {
    static_assert(detail::value_is_known_while_compiling<T>, "Tenon: a symbol has no value while a model is compiled: write select(x > 0, a, b) for if or ?:, products or minimum for &&, maximum for ||, x == 0 for !");
    return false;
  }

  /// A trainable weight of the layer that is being traced. Asking for the same name again gives the same weight.
  /// The regularizers are functions of the weight whose values are added to the loss; one of them may be constrained_by(…).
  template <class Initializer, class... Regularizers>
  constexpr Symbol weight(const char* name, const Shape& shape, Initializer initializer, Regularizers... regularizers) const;

  /// A weight that is not trained but may be updated in each training step: a moving average, a counter. After an update it is the
  /// new value, so that a layer that is called twice updates twice.
  template <class Initializer>
  constexpr Symbol state(const char* name, const Shape& shape, Initializer initializer) const;

  /// The value that a state has from now on. What was read before stays what it was.
  constexpr void update(Symbol state, Symbol next) const;

  /// Adds a scalar to the loss; a tensor with one element counts as one.
  constexpr void add_loss(Symbol scalar) const;
};

template <class T>
concept number = std::integral<T> || std::floating_point<T>;

namespace detail {

/// `at`, poisoned: the mistake is `problem`, with the shape (or Numbers) it got and those it needs.
template <class G = NoShape, class W = NoShape>
constexpr Symbol mistake(Symbol at, Problem problem, const G& got = {}, const W& wanted = {}) {
  at.trace->report(problem, got, wanted);
  at.poisoned = true;
  return at;
}
constexpr Symbol emit(Symbol at, const Node& node, bool poisoned) {
  if (!poisoned && node.shape.batch_axes() > 1) return mistake(at, Problem::two_batch_axes, node.shape);  // nothing above counts the batch twice
  if (!poisoned && node.shape.elements() > max_elements) return mistake(at, Problem::too_large, node.shape);
  return {at.trace, at.graph, add_simplified(at.home(), node), poisoned};
}
constexpr Symbol emit(Symbol at, const Node& node) { return emit(at, node, at.poisoned); }

constexpr Symbol unary(Op op, Symbol a) {
  return emit(a, {.op = op, .dtype = op == Op::stop_gradient ? a.dtype() : DType::float32, .in = {a.id, -1, -1}, .shape = a.shape()});
}

/// The same numbers as floats: kernels other than elementwise ones compute with floats only.
constexpr Symbol as_float(Symbol x) { return is_integer(x.dtype()) ? unary(Op::trunc, x) : x; }

}  // namespace detail

/// A number as a symbol of x's graph, with shape ().
constexpr Symbol constant(Symbol x, double value) { return detail::emit(x, {.op = Op::constant, .value = value}, false); }

/// NumPy's broadcasting: axes are compared from the last one backwards; they fit if they are equal or one of them is 1.
/// Returns whether the shapes fit, and in `result` the common shape.
constexpr bool broadcast(const Shape& a, const Shape& b, Shape& result) {
  result = a.rank >= b.rank ? a : b;
  for (int i = 1; i <= result.rank; ++i) {
    const int x = i <= a.rank ? a.extent[a.rank - i] : 1, y = i <= b.rank ? b.extent[b.rank - i] : 1;
    if (x != y && x != 1 && y != 1) return false;
    result.extent[result.rank - i] = x == 1 ? y : x;
  }
  return true;
}

namespace detail {
/// Why tensors of these shapes cannot be combined element by element, or none; the common shape is in `result`.
constexpr Problem combine(const Shape& a, const Shape& b, Shape& result) {
  if (!broadcast(a, b, result)) return Problem::shapes_cannot_be_broadcast;
  return result.batch_axes() > 1 ? Problem::two_batch_axes : Problem::none;
}
}  // namespace detail

/// x repeated along axes of extent 1, and along new leading axes, until it has this shape.
constexpr Symbol broadcast_to(Symbol x, const Shape& shape) {
  Shape common;
  if (!x.poisoned && (!broadcast(x.shape(), shape, common) || !(common == shape)))
    return detail::mistake(x, Problem::shapes_cannot_be_broadcast, x.shape(), shape);
  return detail::emit(x, {.op = Op::expand, .dtype = x.dtype(), .in = {x.id, -1, -1}, .shape = shape});
}

}  // namespace tenon
