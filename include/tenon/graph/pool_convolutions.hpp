// Convolutions of which only the largest value of each window is needed.
#pragma once

#include <tenon/graph/rewrite.hpp>

namespace tenon {
namespace detail {

/// Convolutions that are read by 2 x 2 max pooling only (and by its gradient), and what takes their place.
class PoolConvolutions {
 public:
  constexpr explicit PoolConvolutions(const NodeGraph& in) : in_(in), n_(in.nodes.size()), pool_(n_, -1) { find(); }

  constexpr int operator()(NodeGraph& out, int id, const List<int>& now) const {
    if (pool_[id] >= 0) return -1;
    const Node& v = node(id);
    if (v.op == Op::max_pool && pool_[v.in[0]] >= 0) return pooled(out, v.in[0], now);
    if (v.op == Op::convolve_kernel_gradient && pool_[v.in[1]] >= 0) {
      const Node& scattered = node(v.in[1]);
      const int winner = winners(out, scattered.in[0], now);
      return out.add({.op = Op::pooled_kernel_gradient, .in = {now[v.in[0]], now[scattered.in[1]], winner}, .window = v.window, .shape = v.shape});
    }
    if (v.op == Op::convolve_input_gradient && pool_[v.in[0]] >= 0) {
      const Node& scattered = node(v.in[0]);
      const int winner = winners(out, scattered.in[0], now);
      return out.add({.op = Op::pooled_input_gradient, .in = {now[scattered.in[1]], now[v.in[1]], winner}, .window = v.window, .shape = v.shape});
    }
    return out.add(moved(v, now));
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

  constexpr int pooled(NodeGraph& out, int convolution, const List<int>& now) const {
    const Node& c = node(convolution);
    return out.add({.op = Op::pooled_convolve, .in = {now[c.in[0]], now[c.in[1]], -1}, .window = c.window, .shape = node(pool_[convolution]).shape});
  }
  constexpr int winners(NodeGraph& out, int convolution, const List<int>& now) const {
    const int values = pooled(out, convolution, now);
    Node index = out.nodes[values];
    index.axis = values;
    index.op = Op::pooled_index;
    index.dtype = DType::int8;
    return out.add(index);
  }

  const NodeGraph& in_;
  int n_;
  List<int> pool_;
};

}  // namespace detail

/// Where a convolution is read by max pooling in windows of 2 x 2 only, the two become one operation that stores the largest
/// value of each window and which one it was. The gradient that flows back into the convolution is zero in three of four
/// places: it is never written down either, and the products with the zeros are not computed.
/// After this pass, only a numeric policy, fusion and the plan follow.
constexpr NodeGraph pool_convolutions(const NodeGraph& g) { return rewrite(g, detail::PoolConvolutions(g)); }

}  // namespace tenon
