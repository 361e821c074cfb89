// Convolutions of which only the largest value of each window is needed.
#pragma once

#include <utility>

#include <tenon/graph/graph.hpp>

namespace tenon {
namespace detail {

/// Finds convolutions that are read by 2 x 2 max pooling only (and by its gradient), and rewrites them.
class PoolConvolutions {
 public:
  constexpr explicit PoolConvolutions(const NodeGraph& in) : in_(in), n_(in.nodes.size()), pool_(n_, -1), now_(n_, -1) {}

  constexpr NodeGraph run() {
    find();
    for (const Window& window : in_.windows) out_.add_window(window);
    for (int id = 0; id < n_; ++id) {
      if (pool_[id] >= 0) continue;
      Node v = node(id);
      if (v.op == Op::max_pool && pool_[v.in[0]] >= 0) {
        now_[id] = pooled(v.in[0]);
      } else if (v.op == Op::convolve_kernel_gradient && pool_[v.in[1]] >= 0) {
        now_[id] = gradient(v, Op::pooled_kernel_gradient, now_[v.in[0]], now_[node(v.in[1]).in[1]], node(v.in[1]).in[0]);
      } else if (v.op == Op::convolve_input_gradient && pool_[v.in[0]] >= 0) {
        now_[id] = gradient(v, Op::pooled_input_gradient, now_[node(v.in[0]).in[1]], now_[v.in[1]], node(v.in[0]).in[0]);
      } else {
        for (int& input : v.in)
          if (input >= 0) input = now_[input];
        now_[id] = out_.add(v);
      }
    }
    for (const Port& p : in_.arguments) out_.arguments.push_back({p.role, now_[p.node], p.index});
    for (const Port& p : in_.results) out_.results.push_back({p.role, now_[p.node], p.index});
    return std::move(out_);
  }

 private:
  constexpr const Node& node(int id) const { return in_.nodes[id]; }

  /// pool_: of a convolution, a node that pools it; of the scattered gradient of such a pool, the same; otherwise -1.
  constexpr void find() {
    for (int id = 0; id < n_; ++id)
      if (node(id).op == Op::max_pool && is_simple_convolution(node(id).in[0]) && covers(node(id))) pool_[node(id).in[0]] = id;
    for (int id = 0; id < n_; ++id)
      if (node(id).op == Op::max_pool_scatter && pool_[node(id).in[0]] >= 0) pool_[id] = pool_[node(id).in[0]];
    for (const Port& result : in_.results) give_up(result.node);
    for (bool changed = true; changed;) {  // a convolution that someone else reads is as it was, and so are its gradients
      changed = false;
      for (int id = 0; id < n_; ++id)
        for (int k = 0; k < node(id).inputs(); ++k)
          if (const int input = node(id).in[k]; pool_[input] >= 0 && !may_read(id, k)) changed = true, give_up(input);
      for (int id = 0; id < n_; ++id)
        if (node(id).op == Op::max_pool_scatter && pool_[id] >= 0 && pool_[node(id).in[0]] < 0) changed = true, pool_[id] = -1;
    }
  }
  constexpr void give_up(int id) {
    if (pool_[id] < 0) return;
    if (node(id).op == Op::max_pool_scatter) pool_[node(id).in[0]] = -1;
    pool_[id] = -1;
  }
  constexpr bool is_simple_convolution(int id) const {
    const Node& v = node(id);
    return v.op == Op::convolve && v.shape.rank == 4 && in_.windows[v.window].groups <= 1;
  }
  /// Windows of 2 x 2 that touch each other and lie inside.
  constexpr bool covers(const Node& pool) const {
    const Window& w = in_.windows[pool.window];
    bool ok = true;
    for (int i = 1; i <= 2; ++i) ok = ok && w.size[i] == 2 && w.stride[i] == 2 && w.low[i] == 0 && 2 * pool.shape.extent[i] <= node(pool.in[0]).shape.extent[i];
    return ok;
  }
  constexpr bool may_read(int id, int operand) const {
    const Node& v = node(id);
    const int input = v.in[operand];
    if (node(input).op == Op::convolve) return operand == 0 && (v.op == Op::max_pool || v.op == Op::max_pool_scatter) && v.window == node(pool_[input]).window && (v.op == Op::max_pool || pool_[id] >= 0);
    const bool plain = v.window >= 0 && in_.windows[v.window].groups <= 1;
    return plain && ((v.op == Op::convolve_kernel_gradient && operand == 1) || (v.op == Op::convolve_input_gradient && operand == 0));
  }

  constexpr int pooled(int convolution) {
    const Node& c = node(convolution);
    return out_.add({.op = Op::pooled_convolve, .in = {now_[c.in[0]], now_[c.in[1]], -1}, .window = c.window, .shape = node(pool_[convolution]).shape});
  }
  constexpr int gradient(const Node& v, Op op, int a, int b, int convolution) {
    Node index = out_.nodes[pooled(convolution)];
    index.axis = pooled(convolution);
    index.op = Op::pooled_index;
    index.dtype = DType::int8;
    const int winner = out_.add(index);
    return out_.add({.op = op, .in = {a, b, winner}, .window = v.window, .shape = v.shape});
  }

  const NodeGraph& in_;
  NodeGraph out_;
  int n_;
  List<int> pool_, now_;
};

}  // namespace detail

/// Where a convolution is read by max pooling in windows of 2 x 2 only, the two become one operation that stores the largest
/// value of each window and which one it was. The gradient that flows back into the convolution is zero in three of four
/// places: it is never written down either, and the products with the zeros are not computed. The last pass before fusion.
constexpr NodeGraph pool_convolutions(const NodeGraph& g) { return detail::PoolConvolutions(g).run(); }

}  // namespace tenon
