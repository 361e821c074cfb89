// A graph as steps: kernels with what they read and write, in an order in which they can run.
#pragma once

#include <initializer_list>
#include <utility>

#include <tenon/graph/fuse.hpp>
#include <tenon/graph/legalize.hpp>
#include <tenon/graph/step.hpp>

namespace tenon {

namespace detail {

/// Turns nodes into steps. Steps that make one value belong to one unit, and units are sorted by what they read.
class StepBuilder {
 public:
  constexpr StepBuilder(const NodeGraph& g, const Fusion& f)
      : g_(g), f_(f), writer_(g, f), unit_of_(g.nodes.size(), -1), group_of_host_(g.nodes.size(), -1), sum_of_(g.nodes.size(), -1),
        first_root_(g.nodes.size(), -1), next_root_(g.nodes.size(), -1), read_(g.nodes.size(), false) {}

  constexpr List<Step> run() {
    const int n = g_.nodes.size();
    units_.reserve(n);
    for (int id = n - 1; id >= 0; --id) {
      if (f_.rider[id] >= 0) sum_of_[f_.rider[id]] = id;
      if (f_.host[id] >= 0) group_of_host_[f_.host[id]] = id;
      if (f_.stored[id] && (is_pointwise(g_.nodes[id].op) || is_literal(g_, id))) next_root_[id] = first_root_[f_.group[id]], first_root_[f_.group[id]] = id;
    }
    for (const Port& result : g_.results) read_[storage_of(g_, result.node)] = true;
    for (int id = 0; id < n; ++id) make_unit(id);
    for (int id = 0; id < n; ++id)
      if (group_of_host_[id] >= 0) finish_host(id);
    return sorted();
  }

 private:
  struct Unit {
    List<Step> steps;
    Expression epilogue;
  };

  constexpr const Node& node(int id) const { return g_.nodes[id]; }
  constexpr View view(int id) const {
    View v = view_of(g_, id, f_.stored);
    v.base = storage_of(g_, v.base);
    return v;
  }
  constexpr View dense(int id) const {
    View v = dense_view(g_, id);
    v.base = storage_of(g_, id);
    return v;
  }
  constexpr void reads(Step& s, const View& v) {
    s.in.push_back(v);
    read_[v.base] = true;
  }

  constexpr void make_unit(int id) {
    const Node& v = node(id);
    if (!f_.stored[id] || v.op == Op::argument || v.op == Op::reshape || f_.rider[id] >= 0) return;
    if (is_pointwise(v.op) || is_literal(g_, id)) {
      const int group = f_.group[id];
      if (f_.host[group] >= 0 || first_root_[group] != id) return;
      List<int> roots;
      for (int r = id; r >= 0; r = next_root_[r]) roots.push_back(r), unit_of_[r] = units_.size();
      Unit unit;
      unit.steps.push_back(map(writer_.write(group, roots), v.shape, id));
      units_.push_back(std::move(unit));
      return;
    }
    Unit unit;
    unit_of_[id] = units_.size();
    if (is_strided_view(v.op)) unit.steps.push_back(copy(view_behind(id), dense(id), v.shape, id));
    else if (v.op == Op::pad) {
      Expression zero;
      zero.code.push_back({.op = Op::constant});
      zero.registers.push_back(0);
      zero.roots.push_back(id);
      unit.steps.push_back(map(zero, v.shape, id));
      View inside = dense(id);
      const Window& w = g_.windows[v.window];
      for (int i = 0; i < v.shape.rank; ++i) {
        const Extent offset = inside.stride[i] * w.low[i];
        (offset.batched ? inside.scaled : inside.fixed) += offset.n;
        inside.stride[i] = inside.stride[i] * w.stride[i];
      }
      unit.steps.push_back(copy(view(v.in[0]), inside, node(v.in[0]).shape, id));
    } else if (v.op == Op::concatenate) {
      View part = dense(id);
      unit.steps.push_back(copy(view(v.in[0]), part, node(v.in[0]).shape, id));
      const Extent offset = part.stride[v.axis] * node(v.in[0]).shape.extent[v.axis];
      (offset.batched ? part.scaled : part.fixed) += offset.n;
      unit.steps.push_back(copy(view(v.in[1]), part, node(v.in[1]).shape, id));
    } else {
      unit.steps.push_back(whole(id, unit.epilogue));
    }
    units_.push_back(std::move(unit));
  }

  // The view that a stored view is a copy of.
  constexpr View view_behind(int id) const {
    List<bool> below = f_.stored;
    below[id] = false;
    View v = view_of(g_, id, below);
    v.base = storage_of(g_, v.base);
    return v;
  }

  constexpr Step copy(const View& from, const View& to, const Shape& shape, int id) {
    Expression e;
    e.loads.push_back(id);
    e.registers.push_back(store_of(0, node(id).dtype));
    List<View> in, out;
    in.push_back(from), out.push_back(to);
    read_[from.base] = true;
    return map_step(g_, std::move(e), shape, std::move(in), std::move(out), id);
  }
  constexpr Step map(Expression e, const Shape& shape, int id) {
    List<View> in, out;
    for (const int load : e.loads) in.push_back(view(load)), read_[in.back().base] = true;
    for (const int root : e.roots) out.push_back(dense(root));
    return map_step(g_, std::move(e), shape, std::move(in), std::move(out), id);
  }

  // Operations that have a kernel of their own.
  constexpr Step whole(int id, Expression& epilogue) {
    const Node& v = node(id);
    const Shape none{};
    const Shape &a = v.in[0] >= 0 ? node(v.in[0]).shape : none, &b = v.in[1] >= 0 ? node(v.in[1]).shape : none;
    Step s;
    s.node = id;
    for (const int input : v.in)
      if (input >= 0) reads(s, dense(input));
    s.out.push_back(dense(id));
    const DType operands = v.in[0] >= 0 && node(v.in[0]).dtype == DType::bfloat16 ? DType::bfloat16 : DType::float32;
    const auto kind = [&](KernelKind k) { s.key.push_back(kernel_word(k, operands)); };
    const auto spatial = [&](const Shape& image, const Shape& result) {
      write_geometry(s.key, g_.windows[v.window], image, result);
      s.extents.push_back(extent_of(image, 0));
    };
    switch (v.op) {
      case Op::matmul: {
        const bool left = v.axis & Transposed::left;
        const Extent m = extent_of(v.shape, v.shape.rank - 2), n = extent_of(v.shape, v.shape.rank - 1), k = extent_of(a, a.rank - (left ? 2 : 1));
        kind(KernelKind::product);
        for (const long word : {static_cast<long>(v.axis), known(m), known(n), known(k), static_cast<long>(sum_of_[id] >= 0)}) s.key.push_back(word);
        s.extents.push_back(elements(v.shape, 0, v.shape.rank - 2));
        s.extents.push_back(m), s.extents.push_back(n), s.extents.push_back(k);
        break;
      }
      case Op::convolve: kind(KernelKind::convolve), spatial(a, v.shape); break;
      case Op::convolve_input_gradient: kind(KernelKind::convolve_input_gradient), spatial(v.shape, a); break;
      case Op::convolve_kernel_gradient:
        kind(KernelKind::convolve_kernel_gradient), s.key.push_back(sum_of_[id] >= 0), spatial(a, b);
        break;
      case Op::pooled_convolve:
        kind(KernelKind::pooled_convolve), s.key.push_back(sum_of_[id] >= 0), spatial(a, before_pool(v.shape));
        break;
      case Op::pooled_input_gradient: kind(KernelKind::pooled_input_gradient), spatial(v.shape, before_pool(a)); break;
      case Op::pooled_kernel_gradient: kind(KernelKind::pooled_kernel_gradient), spatial(a, before_pool(b)); break;
      case Op::max_pool:
      case Op::max_pool_gather:
      case Op::average_pool: kind(KernelKind::pool), s.key.push_back(static_cast<long>(v.op)), spatial(a, v.shape); break;
      case Op::max_pool_scatter: kind(KernelKind::pool), s.key.push_back(static_cast<long>(v.op)), spatial(v.shape, b); break;
      case Op::average_pool_gradient: kind(KernelKind::pool), s.key.push_back(static_cast<long>(v.op)), spatial(v.shape, a); break;
      case Op::softmax:
      case Op::log_softmax:
        kind(KernelKind::softmax), s.key.push_back(static_cast<long>(v.op)), s.key.push_back(v.shape.back());
        s.extents.push_back(elements(v.shape, 0, v.shape.rank - 1));
        break;
      case Op::gather:
      case Op::scatter_add: {
        const bool gathers = v.op == Op::gather;
        kind(gathers ? KernelKind::gather : KernelKind::scatter_add);
        const Shape& table = gathers ? a : v.shape;
        s.extents.push_back(elements(b));
        s.extents.push_back(elements(table, 1, table.rank));
        s.extents.push_back(extent_of(table, 0));
        break;
      }
      default: {  // reductions
        int first = 0, last = a.rank;
        const int bits = reduced_axes(g_, v);
        while (first < a.rank && !(bits >> first & 1)) ++first;
        while (last > first && !(bits >> (last - 1) & 1)) --last;
        const Extent inner = elements(a, last, a.rank);
        kind(KernelKind::reduce), s.key.push_back(static_cast<long>(v.op)), s.key.push_back(inner == Extent{1, false} ? 1 : -1);
        s.extents.push_back(elements(a, 0, first)), s.extents.push_back(elements(a, first, last)), s.extents.push_back(inner);
      }
    }
    if (sum_of_[id] >= 0) s.out.push_back(dense(sum_of_[id])), unit_of_[sum_of_[id]] = units_.size();
    if (!can_host(v.op)) return s;
    if (const int group = group_of_host_[id]; group >= 0) {
      List<int> roots;
      for (int r = first_root_[group]; r >= 0; r = next_root_[r]) roots.push_back(r), unit_of_[r] = units_.size();
      epilogue = writer_.write(group, roots, id);
      for (int k = 1; k < epilogue.loads.size(); ++k) reads(s, view(epilogue.loads[k]));
    } else {
      epilogue.loads.push_back(id);
      epilogue.registers.push_back(0);
      write_epilogue(s.key, epilogue, v.shape);
    }
    return s;
  }
  constexpr void write_epilogue(KernelKey& key, const Expression& e, const Shape& shape) const {
    key.push_back(e.loads.size() - 1);
    for (int k = 1; k < e.loads.size(); ++k) key.push_back(static_cast<long>(*operand_beside(g_, shape, e.loads[k], f_.stored)));
    write_code(key, e);
  }
  // Now it is known whether anyone else reads the product itself: then it is stored besides what the epilogue stores.
  constexpr void finish_host(int id) {
    Unit& unit = units_[unit_of_[id]];
    Step& s = unit.steps[0];
    List<View> out;
    if (read_[id]) unit.epilogue.roots.push_back(id), unit.epilogue.registers.push_back(0);
    for (const int root : unit.epilogue.roots) out.push_back(dense(root));
    for (int k = 1; k < s.out.size(); ++k) out.push_back(s.out[k]);
    s.out = std::move(out);
    write_epilogue(s.key, unit.epilogue, node(f_.group[group_of_host_[id]]).shape);
  }

  // Depth first from the results: a unit runs after those that make what it reads.
  constexpr List<Step> sorted() {
    List<Step> steps;
    List<int> reads, first(units_.size() + 1, 0);  // the values that each unit reads, one unit after the other
    for (int u = 0; u < units_.size(); ++u) {
      for (const Step& s : units_[u].steps)
        for (const View& in : s.in) reads.push_back(in.base);
      first[u + 1] = reads.size();
    }
    steps.reserve(g_.nodes.size());
    List<int> next(units_.size(), -1), stack;  // next: the read to follow next; -1 before the first visit
    const auto visit = [&](int node) {
      const int unit = unit_of_[node];
      if (unit >= 0 && next[unit] < 0) next[unit] = first[unit], stack.push_back(unit);
    };
    for (const Port& result : g_.results) {
      visit(storage_of(g_, result.node));
      while (!stack.empty()) {
        const int unit = stack.back();
        if (next[unit] < first[unit + 1]) {
          visit(reads[next[unit]++]);
        } else {
          stack.pop_back();
          for (Step& s : units_[unit].steps) steps.push_back(std::move(s));
        }
      }
    }
    return steps;
  }

  const NodeGraph& g_;
  const Fusion& f_;
  ExpressionWriter writer_;
  List<Unit> units_;
  List<int> unit_of_, group_of_host_, sum_of_, first_root_, next_root_;
  List<bool> read_;
};

}  // namespace detail

/// The steps of a fused graph, sorted.
constexpr List<Step> steps_of(const NodeGraph& g, const Fusion& f) { return detail::StepBuilder(g, f).run(); }

}  // namespace tenon
