// Small truths about single operations, applied whenever a node is added.
#pragma once

#include <tenon/graph/graph.hpp>

namespace tenon {

/// Is this node the number x, possibly broadcast?
constexpr bool is_constant(const NodeGraph& g, int id) {
  while (id >= 0 && (g.nodes[id].op == Op::expand || g.nodes[id].op == Op::reshape)) id = g.nodes[id].in[0];
  return id >= 0 && g.nodes[id].op == Op::constant;
}
constexpr double constant_value(const NodeGraph& g, int id) {
  while (g.nodes[id].op != Op::constant) id = g.nodes[id].in[0];
  return g.nodes[id].value;
}
constexpr bool is_constant(const NodeGraph& g, int id, double x) { return is_constant(g, id) && constant_value(g, id) == x; }

namespace detail {

constexpr int constant_like(NodeGraph& g, double x, const Shape& shape) {
  const int scalar = g.add({.op = Op::constant, .value = x});
  return shape.rank == 0 ? scalar : g.add({.op = Op::expand, .in = {scalar, -1, -1}, .shape = shape});
}

// What the exact operations give on constants; the others (exp, sqrt, ...) have no constexpr value in C++20.
constexpr bool fold(Op op, double a, double b, double& result) {
  switch (op) {
    case Op::neg: result = -a; return true;
    case Op::add: result = a + b; return true;
    case Op::sub: result = a - b; return true;
    case Op::mul: result = a * b; return true;
    case Op::div: if (b != 0) result = a / b; return b != 0;
    case Op::minimum: result = b < a ? b : a; return true;
    case Op::maximum: result = b > a ? b : a; return true;
    default: return false;
  }
}

// min(max(x, low), high), as a probability is clipped before its logarithm is taken: x, or -1.
constexpr int clipped(const NodeGraph& g, int id) {
  const Node& outer = g.nodes[id];
  if (outer.op != Op::minimum || !is_constant(g, outer.in[1])) return -1;
  const Node& inner = g.nodes[outer.in[0]];
  return inner.op == Op::maximum && is_constant(g, inner.in[1]) && constant_value(g, inner.in[1]) <= 1e-6 ? inner.in[0] : -1;
}

/// Is this value the same for all samples and places, whatever the channel?
constexpr bool is_per_channel(const NodeGraph& g, int id) {
  if (g.nodes[id].op != Op::expand) return false;
  const Shape& from = g.nodes[g.nodes[id].in[0]].shape;
  return from.rank == 0 || (from.elements() == from.back() && !from.batched());
}

// Behind y = select(kept, relu(x) c, 0), a dropout with c >= 1, the gradient passes where relu(x) > 0 and then where it was kept: that is
// where y > 0. For v = select(relu(x) > 0, select(kept, dy, 0) c, 0) the y, if the graph has it, or -1.
constexpr int dropped_relu(NodeGraph& g, const Node& v) {
  const Node alive = g.nodes[v.in[0]], inner = g.nodes[v.in[1]];
  if (alive.op != Op::greater || !is_constant(g, alive.in[1], 0) || g.nodes[alive.in[0]].op != Op::relu || !is_constant(g, v.in[2], 0)) return -1;
  if (inner.op != Op::mul || !is_constant(g, inner.in[1]) || constant_value(g, inner.in[1]) < 1) return -1;
  const Node masked = g.nodes[inner.in[0]];
  const int c = inner.in[1];
  if (masked.op != Op::select || !is_constant(g, masked.in[2], 0)) return -1;
  const int before = g.nodes.size();
  const int scaled = g.add({.op = Op::mul, .dtype = v.dtype, .in = {alive.in[0], c, -1}, .shape = v.shape});
  const int y = g.add({.op = Op::select, .dtype = v.dtype, .in = {masked.in[0], scaled, masked.in[2]}, .shape = v.shape});
  return y < before ? y : -1;
}

}  // namespace detail

/// Adds a node, or finds the one that already says the same: constants are folded, neutral elements vanish, views are
/// merged, and the logarithm of a softmax or sigmoid becomes its stable form. The clipping that guards such a logarithm
/// against log(0) goes with it: the stable form needs no guard, and its gradient does not vanish (as Keras does when it
/// finds the logits behind a probability).
constexpr int add_simplified(NodeGraph& g, const Node& v) {
  const int a = v.in[0], b = v.in[1];
  const auto node = [&](int id) -> const Node& { return g.nodes[id]; };
  const auto unary = [&](Op op, int x) { return add_simplified(g, {.op = op, .dtype = v.dtype, .in = {x, -1, -1}, .shape = v.shape}); };

  if (is_elementwise(v.op) && v.op != Op::stop_gradient)  // makes floats of integers, even where it adds 0
    for (const int input : v.in)
      if (input >= 0 && is_integer(node(input).dtype)) return g.add(v);
  if ((is_unary(v.op) || is_binary(v.op)) && v.shape == node(a).shape && is_constant(g, a) && (b < 0 || is_constant(g, b))) {
    double value = 0;
    if (detail::fold(v.op, constant_value(g, a), b < 0 ? 0 : constant_value(g, b), value)) return detail::constant_like(g, value, v.shape);
  }
  switch (v.op) {
    case Op::add:
      if (is_constant(g, a, 0)) return b;
      if (is_constant(g, b, 0)) return a;
      break;
    case Op::sub:
      if (is_constant(g, b, 0)) return a;
      if (is_constant(g, a, 0)) return unary(Op::neg, b);
      break;
    case Op::mul:
      if (is_constant(g, a, 1)) return b;
      if (is_constant(g, b, 1)) return a;
      if (is_constant(g, a, -1)) return unary(Op::neg, b);
      if (is_constant(g, b, -1)) return unary(Op::neg, a);
      break;
    case Op::div:
      if (is_constant(g, b, 1)) return a;
      if (node(a).op == Op::softmax && node(b).op == Op::expand) {  // a softmax adds up to 1 already
        const Node& total = node(node(b).in[0]);
        if (total.op == Op::reduce_sum && total.in[0] == a && total.axis == 1 << (v.shape.rank - 1)) return a;
      }
      break;
    case Op::neg:
      if (node(a).op == Op::neg && !is_integer(node(node(a).in[0]).dtype)) return node(a).in[0];
      break;
    case Op::relu:
      if (node(a).op == Op::relu) return a;
      break;
    case Op::select:
      if (is_constant(g, a)) return is_constant(g, a, 0) ? v.in[2] : b;
      if (b == v.in[2]) return b;
      if (const int y = detail::dropped_relu(g, v); y >= 0) {
        const Node scaled = node(b);  // select(kept, dy, 0) c
        const int alive = g.add({.op = Op::greater, .in = {y, node(a).in[1], -1}, .shape = v.shape});
        const int d = g.add({.op = Op::mul, .dtype = v.dtype, .in = {node(scaled.in[0]).in[1], scaled.in[1], -1}, .shape = v.shape});
        return g.add({.op = Op::select, .dtype = v.dtype, .in = {alive, d, v.in[2]}, .shape = v.shape});
      }
      break;
    case Op::expand:
    case Op::reshape: {
      if (node(a).shape == v.shape) return a;
      if (node(a).op == v.op) {
        Node merged = v;
        merged.in[0] = node(a).in[0];
        return add_simplified(g, merged);
      }
      if (v.op == Op::reshape && is_constant(g, a)) return detail::constant_like(g, constant_value(g, a), v.shape);
      break;
    }
    case Op::transpose: {
      bool identity = true;
      for (int i = 0; i < v.shape.rank; ++i) identity = identity && permuted_axis(v.axis, i) == i;
      if (identity) return a;
      if (node(a).op == Op::transpose) {
        int axes[max_rank]{};
        for (int i = 0; i < v.shape.rank; ++i) axes[i] = permuted_axis(node(a).axis, permuted_axis(v.axis, i));
        Node merged = v;
        merged.in[0] = node(a).in[0];
        merged.axis = permutation_of(axes, v.shape.rank);
        return add_simplified(g, merged);
      }
      break;
    }
    case Op::reduce_sum:
    case Op::reduce_prod:
    case Op::reduce_max:
    case Op::reduce_min:
      if (node(a).shape == v.shape) return a;
      break;
    case Op::max_pool: {  // what keeps the order of numbers can as well be done to the largest of them only
      const Node x = node(a);
      const auto pooled = [&](int of) { return add_simplified(g, {.op = v.op, .dtype = v.dtype, .in = {of, -1, -1}, .window = v.window, .shape = v.shape}); };
      if (x.op == Op::relu) return unary(Op::relu, pooled(x.in[0]));
      if (x.op == Op::add)
        for (int k = 0; k < 2; ++k)
          if (detail::is_per_channel(g, x.in[1 - k])) {
            const int largest = pooled(x.in[k]), bias = g.add({.op = Op::expand, .in = {node(x.in[1 - k]).in[0], -1, -1}, .shape = v.shape});
            return add_simplified(g, {.op = Op::add, .in = {largest, bias, -1}, .shape = v.shape});
          }
      break;
    }
    case Op::exp:
      if (node(a).op == Op::log_softmax) return add_simplified(g, {.op = Op::softmax, .in = {node(a).in[0], -1, -1}, .shape = v.shape});
      break;
    case Op::log: {
      const int p = detail::clipped(g, a);
      const Node& of = node(p >= 0 ? p : a);
      if (of.op == Op::softmax) return add_simplified(g, {.op = Op::log_softmax, .in = {of.in[0], -1, -1}, .shape = v.shape});
      if (of.op == Op::sigmoid) return unary(Op::neg, unary(Op::softplus, unary(Op::neg, of.in[0])));     // log s(x) = -softplus(-x)
      if (node(a).op == Op::sub && is_constant(g, node(a).in[0], 1)) {                                       // log(1 - s(x)) = -softplus(x)
        const int q = detail::clipped(g, node(a).in[1]);
        const Node& under = node(q >= 0 ? q : node(a).in[1]);
        if (under.op == Op::sigmoid) return unary(Op::neg, unary(Op::softplus, under.in[0]));
      }
      break;
    }
    default: break;
  }
  return g.add(v);
}

}  // namespace tenon
