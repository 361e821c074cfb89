// Products of numbers with fewer bits.
#pragma once

#include <tenon/graph/rewrite.hpp>

namespace tenon {

/// What multiplies two values and adds up.
constexpr bool is_product(Op op) {
  switch (op) {
    case Op::matmul: case Op::convolve: case Op::convolve_input_gradient: case Op::convolve_kernel_gradient:
    case Op::pooled_convolve: case Op::pooled_input_gradient: case Op::pooled_kernel_gradient: return true;
    default: return false;
  }
}

namespace detail {

/// Puts casts before the operands of products.
class MixedPrecision {
 public:
  constexpr MixedPrecision(const NodeGraph& in, DType type, bool weights)
      : in_(in), type_(type), n_(in.nodes.size()), cast_(n_, false), multiplied_by_rows_(n_, false), needed_(n_, false), weight_(n_, false) {
    find_casts();
    find_needed();
    if (weights) find_weights();
  }

  constexpr NodeGraph run() const {
    return rewrite(in_, [&](NodeGraph& out, int id, const List<int>& now) {
      if (!needed_[id]) return -1;
      Node v = moved(node(id), now);
      if (weight_[id]) v.dtype = type_;
      for (int k = 0; k < node(id).inputs(); ++k)
        if (reads_cast(id, k)) v.in[k] = cast_of(out, node(id).in[k], now);
      if (v.op == Op::pooled_index) v.axis = now[v.axis];
      return out.add(v);
    });
  }

 private:
  constexpr const Node& node(int id) const { return in_.nodes[id]; }
  constexpr int under_reshape(int id) const {
    while (node(id).op == Op::reshape) id = node(id).in[0];
    return id;
  }

  constexpr void find_casts() {
    List<bool> live(n_, false);  // products that nobody needs have no casts
    for (const Port& p : in_.results) live[p.node] = true;
    for (int id = n_ - 1; id >= 0; --id) {
      const Node& v = node(id);
      for (int k = 0; live[id] && k < v.inputs(); ++k) live[v.in[k]] = true;
      if (live[id] && v.op == Op::pooled_index) live[v.axis] = true;
      if (!live[id] || !is_product(v.op)) continue;
      for (int k = 0; k < 2; ++k) cast_[under_reshape(v.in[k])] = true;
      if (v.op == Op::convolve_kernel_gradient || (v.op == Op::matmul && v.axis == Transposed::left && v.shape.rank == 2)) multiplied_by_rows_[under_reshape(v.in[1])] = true;
    }
  }
  /// Does a node read the cast of its k-th operand? Products do, and where it is there anyway those for whom it is as good.
  constexpr bool reads_cast(int id, int k) const {
    const Node& v = node(id);
    if (is_product(v.op) || v.op == Op::pooled_index) return k < 2;
    if (k > 0 || v.in[0] < 0 || is_integer(node(v.in[0]).dtype)) return false;
    const int from = under_reshape(v.in[0]);
    if (v.op == Op::greater) return cast_[from] && is_zero(v.in[1]);  // the mask of a ReLU
    return v.op == Op::reduce_sum && multiplied_by_rows_[from] && is_sum_of_rows(v);  // the gradient of a bias
  }
  constexpr bool is_sum_of_rows(const Node& v) const {
    const Shape& s = node(v.in[0]).shape;
    bool all = s.rank > 1 && !(v.axis >> (s.rank - 1) & 1);
    for (int i = 0; i + 1 < s.rank; ++i) all = all && ((v.axis >> i & 1) || s.extent[i] == 1);
    return all;
  }
  constexpr bool is_zero(int id) const {
    while (node(id).op == Op::expand || node(id).op == Op::reshape) id = node(id).in[0];
    return node(id).op == Op::constant && node(id).value == 0;
  }

  /// Values that somebody reads as they are, and those of which there is a cast.
  constexpr void find_needed() {
    for (const Port& p : in_.arguments) needed_[p.node] = true;
    for (const Port& p : in_.results) needed_[p.node] = true;
    for (int id = n_ - 1; id >= 0; --id) {
      if (!needed_[id]) continue;
      if (node(id).op == Op::pooled_index) needed_[node(id).axis] = true;
      for (int k = 0; k < node(id).inputs(); ++k) needed_[reads_cast(id, k) ? under_reshape(node(id).in[k]) : node(id).in[k]] = true;
    }
  }
  /// Weights that nobody reads but by their casts.
  constexpr void find_weights() {
    for (const Port& p : in_.arguments) weight_[p.node] = p.role == Role::weight && cast_[p.node];
    for (const Port& p : in_.results) weight_[p.node] = false;
    for (int id = 0; id < n_; ++id)
      for (int k = 0; k < node(id).inputs(); ++k)
        if (needed_[id] && !reads_cast(id, k)) weight_[node(id).in[k]] = false;
  }

  /// Of what is seen under another shape the value itself is cast, where it is made.
  constexpr int cast_of(NodeGraph& out, int id, const List<int>& now) const {
    Node v = node(id);
    if (v.op == Op::reshape) {
      v.in[0] = cast_of(out, v.in[0], now);
      v.dtype = type_;
      return out.add(v);
    }
    if (out.nodes[now[id]].dtype == type_) return now[id];
    return out.add({.op = Op::cast, .dtype = type_, .in = {now[id], -1, -1}, .shape = v.shape});
  }

  const NodeGraph& in_;
  DType type_;
  int n_;
  List<bool> cast_;                ///< values that a product reads
  List<bool> multiplied_by_rows_;  ///< right operands of products that make the gradient of a weight
  List<bool> needed_, weight_;
};

}  // namespace detail

/// The graph with the operands of its products rounded to `type`; the products add up float32 and give float32, and all other
/// operations stay as they are. Two of them read the rounded value where there is one, so that the other need not be stored: the mask
/// y > 0 in the gradient of a ReLU, and the sum over rows that is the gradient of a bias.
/// `weights`: weights that only products read become arguments of that type; whoever calls the graph has cast them.
/// The last pass before fusion: it knows pooled convolutions.
constexpr NodeGraph mixed_precision(const NodeGraph& g, DType type, bool weights = false) { return detail::MixedPrecision(g, type, weights).run(); }

}  // namespace tenon
