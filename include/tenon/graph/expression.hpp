// Fused expressions: the operations of a group as straight-line code.
#pragma once

#include <utility>

#include <tenon/graph/fusion.hpp>
#include <tenon/graph/store.hpp>

namespace tenon {

/// A fused expression: loads (nodes), straight-line code, and the nodes whose registers are stored.
struct Expression {
  struct Line {
    Op op{};
    int a = -1, b = -1, c = -1;
    double value = 0;
    constexpr bool operator==(const Line&) const = default;
  };
  List<int> loads, roots, registers;  ///< registers: of the roots, as graph/store.hpp names them
  List<Line> code;
};

/// Writes down the expression of one group: the code of its stored nodes, down to what is loaded.
class ExpressionWriter {
 public:
  constexpr ExpressionWriter(const NodeGraph& g, const Fusion& f) : g_(g), f_(f), slot_(g.nodes.size(), -1), stamp_(g.nodes.size(), -1) {}

  /// `host` is given the register 0: the result of the product whose epilogue this is.
  constexpr Expression write(int group, const List<int>& roots, int host = -1) {
    e_ = Expression{};
    group_ = group;
    host_ = host;
    ++run_;
    if (host >= 0) load(host);
    for (const int root : roots) e_.roots.push_back(root);
    for (const int root : roots) e_.registers.push_back(value(g_.nodes[root].op == Op::cast ? g_.nodes[root].in[0] : root));  // a store rounds
    for (int k = 0; k < roots.size(); ++k) e_.registers[k] = store_of(register_of(e_.registers[k]), g_.nodes[roots[k]].dtype);
    for (auto& line : e_.code) {
      if (line.op == Op::random || line.op == Op::iota) continue;
      line.a = register_of(line.a), line.b = register_of(line.b), line.c = register_of(line.c);
    }
    return std::move(e_);
  }

  /// Is this node computed here, or read from memory?
  constexpr bool computes(int id) const {
    const Op op = g_.nodes[id].op;
    if (is_literal(g_, id)) return true;
    if (!is_pointwise(op)) return false;
    return f_.group[id] == group_ || !f_.stored[id];
  }

 private:
  // Slots: loads are numbered from 0, code lines from `code_base`, until the number of loads is known.
  static constexpr int code_base = 1 << 20;
  constexpr int register_of(int slot) const { return slot < code_base ? slot : slot - code_base + e_.loads.size(); }
  constexpr void load(int id) { slot_[id] = e_.loads.push_back(id), stamp_[id] = run_; }
  constexpr int line(const Expression::Line& l) { return e_.code.push_back(l) + code_base; }

  constexpr int value(int id) {
    if (stamp_[id] == run_) return slot_[id];
    if (!computes(id)) {
      if (host_ >= 0 && storage_of(g_, id) == host_) return slot_[host_];
      load(id);
      return slot_[id];
    }
    const Node& v = g_.nodes[id];
    int slot = -1;
    if (is_literal(g_, id)) {
      int literal = id;
      while (g_.nodes[literal].op == Op::expand) literal = g_.nodes[literal].in[0];
      if (literal != id) slot = value(literal);
      else slot = line({.op = v.op, .value = v.value});
    } else if (is_generated(v.op)) {
      slot = line({.op = v.op, .a = v.axis});
    } else {
      int in[3] = {-1, -1, -1};
      for (int k = 0; k < v.inputs(); ++k) in[k] = value(v.in[k]);
      slot = line({.op = v.op, .a = in[0], .b = in[1], .c = in[2]});
    }
    slot_[id] = slot;
    stamp_[id] = run_;
    return slot;
  }

  const NodeGraph& g_;
  const Fusion& f_;
  Expression e_;
  List<int> slot_, stamp_;
  int group_ = -1, host_ = -1, run_ = 0;
};

}  // namespace tenon
