// A graph made from another one, node by node: what passes have in common.
#pragma once

#include <tenon/graph/graph.hpp>

namespace tenon {

/// A node that reads what its inputs have become, by the ids that they have now.
constexpr Node moved(Node v, const List<int>& now) {
  for (int& input : v.in)
    if (input >= 0) input = now[input];
  return v;
}
constexpr Port moved(const Port& p, const List<int>& now) { return {p.role, now[p.node], p.index}; }

/// A graph with the arguments, results and windows of `in`. f(out, id, now) adds what takes the place of the node `id` to `out` and returns
/// the id of that, or -1 where nothing does; `now` has those of the nodes before.
template <class F>
constexpr NodeGraph rewrite(const NodeGraph& in, const F& f) {
  NodeGraph out;
  List<int> now(in.nodes.size(), -1);
  out.windows = in.windows;
  for (int id = 0; id < in.nodes.size(); ++id) now[id] = f(out, id, now);
  for (const Port& p : in.arguments) out.arguments.push_back(moved(p, now));
  for (const Port& p : in.results) out.results.push_back(moved(p, now));
  return out;
}

}  // namespace tenon
