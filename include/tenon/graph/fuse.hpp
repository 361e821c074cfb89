// Fusion: which operations become one kernel, and which values reach memory.
#pragma once

#include <optional>

#include <tenon/graph/access.hpp>
#include <tenon/graph/expression.hpp>
#include <tenon/graph/view.hpp>

namespace tenon {

constexpr bool is_cheap(Op op) {
  switch (op) {
    case Op::neg: case Op::abs: case Op::sign: case Op::add: case Op::sub: case Op::mul: case Op::minimum: case Op::maximum: case Op::select:
    case Op::relu: case Op::is_nan: case Op::cast: return true;
    default: return is_comparison(op);
  }
}

/// How an operand lies beside a result of this shape; empty: in no way that an epilogue can read.
constexpr std::optional<Operand> operand_beside(const NodeGraph& g, const Shape& shape, int id, const List<bool>& stored) {
  const View view = view_of(g, id, stored);
  if (view.fixed != 0 || view.scaled != 0 || is_integer(g.nodes[view.base].dtype)) return std::nullopt;
  const int last = shape.rank - 1;
  bool full = true, none = true, rows = true, others_none = true;
  for (int i = 0; i <= last; ++i) {
    if (shape.extent[i] == 1) continue;
    const bool zero = view.stride[i] == Extent{};
    none = none && zero;
    full = full && view.stride[i] == dense_stride(shape, i);
    if (i < last) others_none = others_none && zero;
    if (i < last) rows = rows && view.stride[i] == elements(shape, i + 1, last);
    else rows = rows && zero;
  }
  const DType type = g.nodes[view.base].dtype;
  if (none) return over(Operand::scalar, type);
  if (full) return over(Operand::full, type);
  if (others_none && view.stride[last] == Extent{1, false}) return over(Operand::per_column, type);
  return rows ? std::optional(over(Operand::per_row, type)) : std::nullopt;
}

namespace detail {

/// The stages of fusion, in order.
class Fuser {
 public:
  constexpr explicit Fuser(const NodeGraph& g) : g_(g), n_(g.nodes.size()) {
    f_.stored = List<bool>(n_, false);
    f_.level = List<int>(n_, 0);
    f_.group = List<int>(n_, -1);
    f_.host = List<int>(n_, -1);
    f_.rider = List<int>(n_, -1);
  }
  constexpr Fusion run() {
    store_what_others_read();
    find_groups();
    store_between_groups();
    find_riders();
    find_hosts();
    return f_;
  }

 private:
  constexpr const Node& node(int id) const { return g_.nodes[id]; }

  // Everything but elementwise kernels reads whole arrays, and a view needs something to look at.
  constexpr void store_what_others_read() {
    for (const Port& result : g_.results) f_.stored[result.node] = true;
    for (int id = n_ - 1; id >= 0; --id) {
      const Node& v = node(id);
      if (is_pointwise(v.op) || is_literal(g_, id)) continue;
      f_.stored[id] = f_.stored[id] || !is_strided_view(v.op);
      for (const int input : v.in)
        if (input >= 0 && !(is_strided_view(v.op) && is_strided_view(node(input).op) && !is_literal(g_, input))) f_.stored[input] = true;
    }
  }

  // An edge between two elementwise operations (of one shape: expand is an operation) keeps the level, every other one raises it:
  // so a path that leaves a group never comes back to it.
  constexpr void find_groups() {
    for (int id = 0; id < n_; ++id) {
      const Node& v = node(id);
      f_.group[id] = id;
      if (is_literal(g_, id) && !f_.stored[id]) continue;
      for (const int input : v.in) {
        if (input < 0 || (is_literal(g_, input) && !f_.stored[input])) continue;
        const bool flat = (is_elementwise(v.op) && is_pointwise(node(input).op)) || v.op == Op::reshape || (is_strided_view(v.op) && !f_.stored[id]);
        const int level = f_.level[input] + (flat ? 0 : 1);
        if (level > f_.level[id]) f_.level[id] = level;
      }
    }
    for (int id = 0; id < n_; ++id)
      if (is_elementwise(node(id).op))
        for (const int input : node(id).in)
          if (input >= 0 && is_pointwise(node(input).op) && (f_.level[input] == f_.level[id])) unite(input, id);
    for (int id = 0; id < n_; ++id) f_.group[id] = root(id);
  }
  constexpr int root(int id) {
    while (f_.group[id] != id) id = f_.group[id] = f_.group[f_.group[id]];
    return id;
  }
  constexpr void unite(int a, int b) {
    const int x = root(a), y = root(b);
    if (x < y) f_.group[y] = x;
    else f_.group[x] = y;
  }

  // A value that another group reads is stored, unless it is cheaper to compute it there again from what is stored anyway:
  // so the mask of a ReLU or a dropout never reaches memory.
  constexpr void store_between_groups() {
    List<int> cost(n_, 0);  // operations to compute the value again, 0: it is there
    constexpr int limit = 6;
    for (int id = 0; id < n_; ++id) {
      const Node& v = node(id);
      if (!is_pointwise(v.op)) continue;
      for (const int input : v.in)
        if (input >= 0 && is_pointwise(node(input).op) && f_.group[input] != f_.group[id] && cost[input] > limit) f_.stored[input] = true, cost[input] = 0;
      if (f_.stored[id]) continue;
      if (is_generated(v.op)) {
        cost[id] = 1;
        continue;
      }
      cost[id] = is_cheap(v.op) ? 1 : limit + 1;
      for (const int input : v.in)
        if (input >= 0) cost[id] += cost[input];
    }
  }

  // dW = xᵀ dz reads dz row by row; the sum of its rows, the bias gradient, comes with it.
  constexpr void find_riders() {
    List<int> sum_of(n_, -1);  // the sum over all rows of a value, if the graph has it
    for (int id = n_ - 1; id >= 0; --id) {
      const Node& v = node(id);
      if (v.op == Op::reduce_sum && v.axis == (1 << (v.shape.rank - 1)) - 1 && node(v.in[0]).shape.rank > 1) sum_of[storage_of(g_, v.in[0])] = id;
    }
    for (int id = 0; id < n_; ++id) {
      const Node& v = node(id);
      if (v.op == Op::pooled_index) f_.rider[id] = v.axis;
      const bool product = v.op == Op::matmul && v.axis == Transposed::left && v.shape.rank == 2;
      if (!product && v.op != Op::convolve_kernel_gradient) continue;
      const int sum = sum_of[storage_of(g_, v.in[1])];
      if (sum < 0 || f_.rider[sum] >= 0 || node(sum).shape.back() != v.shape.back()) continue;
      if (f_.level[v.in[0]] <= f_.level[v.in[1]]) f_.rider[sum] = id;  // then x cannot depend on the sum
    }
  }

  // A group becomes the epilogue of the product it follows if all else it reads lies beside the product's result.
  constexpr void find_hosts() {
    List<int> first_root(n_, -1), next_root(n_, -1);
    for (int id = n_ - 1; id >= 0; --id)
      if (f_.stored[id] && is_pointwise(node(id).op)) next_root[id] = first_root[f_.group[id]], first_root[f_.group[id]] = id;
    List<bool> taken(n_, false);
    ExpressionWriter writer(g_, f_);
    for (int group = 0; group < n_; ++group) {
      if (first_root[group] < 0) continue;
      List<int> roots;
      for (int id = first_root[group]; id >= 0; id = next_root[id]) roots.push_back(id);
      const Expression e = writer.write(group, roots);
      const Shape& shape = node(group).shape;
      int host = -1;
      for (const int id : e.loads) {
        const int source = storage_of(g_, id);
        if (can_host(node(source).op) && !taken[source] && f_.level[source] + 1 == f_.level[group] && shape.rank > 0) host = source;
      }
      if (host < 0) continue;
      const bool same_rows = node(host).shape.back() == shape.back();  // otherwise the group sees the product under another shape
      bool fits = true;
      for (const int id : e.loads) {
        if (storage_of(g_, id) == host) continue;
        const auto beside = operand_beside(g_, shape, id, f_.stored);
        fits = fits && beside && is_there_before(storage_of(g_, view_of(g_, id, f_.stored).base), host) &&
               (same_rows || relation_of(*beside) == Operand::full || relation_of(*beside) == Operand::scalar);
      }
      for (const auto& line : e.code) fits = fits && line.op != Op::iota && line.op != Op::batch;
      for (const int id : roots) fits = fits && !is_integer(node(id).dtype);
      if (!fits) continue;
      f_.host[group] = host;
      taken[host] = true;
    }
  }
  // May the epilogue of `host` read this value? Of two products of one level, the later one may read what comes from the
  // earlier one, not the other way round: each waits for the other otherwise.
  constexpr bool is_there_before(int value, int host) const {
    const int maker = f_.rider[value] >= 0 ? f_.rider[value] : value;
    return f_.level[value] < f_.level[host] || !can_host(node(maker).op) || maker < host;
  }

  const NodeGraph& g_;
  int n_;
  Fusion f_;
};

}  // namespace detail

/// Decides which nodes become one kernel. A group of elementwise operations is one loop; behind a product or a convolution it
/// is the epilogue, computed while the result is in registers; the sum of rows that is a bias gradient rides in the product
/// that makes the weight's gradient.
constexpr Fusion fuse(const NodeGraph& g) { return detail::Fuser(g).run(); }

}  // namespace tenon
