// Simplification: a copy of what is needed.
#pragma once

#include <tenon/graph/identities.hpp>
#include <tenon/graph/rewrite.hpp>

namespace tenon {

/// A copy of the graph with only what its results need. Every node goes through `add_simplified` again, so identities that
/// became visible (through stop_gradient, which has no meaning after differentiation) are applied. Arguments all stay, in
/// their places: they are the graph's signature.
constexpr NodeGraph simplify(const NodeGraph& in) {
  List<bool> live(in.nodes.size(), false);
  for (const Port& result : in.results) live[result.node] = true;
  for (int id = in.nodes.size() - 1; id >= 0; --id)
    if (live[id])
      for (const int input : in.nodes[id].in)
        if (input >= 0) live[input] = true;

  NodeGraph out;
  List<int> now(in.nodes.size(), -1);
  for (const Port& argument : in.arguments) {
    live[argument.node] = false;
    now[argument.node] = out.add(in.nodes[argument.node]);
    out.arguments.push_back(moved(argument, now));
  }
  for (int id = 0; id < in.nodes.size(); ++id) {
    if (!live[id]) continue;
    Node v = moved(in.nodes[id], now);
    if (v.window >= 0) v.window = out.add_window(in.windows[v.window]);
    now[id] = v.op == Op::stop_gradient ? v.in[0] : add_simplified(out, v);
  }
  for (const Port& result : in.results) out.results.push_back(moved(result, now));
  return out;
}

}  // namespace tenon
