// The plan of a model as text and as a picture.
#pragma once

#include <string>

#include <tenon/core/shape_text.hpp>
#include <tenon/graph/compiled.hpp>
#include <tenon/model/layer_names.hpp>
#include <tenon/model/sources.hpp>

namespace tenon {
namespace detail {

inline std::string text_of(const Shape& s) {
  std::vector<std::string> extents;
  for (const int e : std::span(s.extent, static_cast<std::size_t>(s.rank)))
    extents.push_back(e >= 0 ? std::to_string(e) : e == dynamic ? "B" : std::to_string(-e) + " B");
  return shape_text(extents);
}
inline std::string role_name(Role role, int index) {
  constexpr const char* names[] = {"input", "target", "sample_weight", "weight", "gradient", "hyperparameter", "iteration", "output", "loss", "metric", "update",
                                   "state", "sequence", "capture", "stack", "sum"};
  static_assert(sizeof names / sizeof *names == static_cast<int>(Role::sum) + 1);
  return std::string(names[static_cast<int>(role)]) + " " + std::to_string(index);
}

/// A graph at run time with what fusion and planning made of it; `weights` has the names of the model's.
struct Explained {
  NodeGraph graph;
  std::vector<std::string> weights;
  Fusion fusion;
  List<Step> steps;
  Plan plan;

  Explained(NodeGraph g, std::vector<std::string> names) : graph(std::move(g)), weights(std::move(names)), fusion(fuse(graph)), steps(steps_of(graph, fusion)), plan(tenon::plan(graph, steps)) {}

  std::string value_name(int id) const {
    for (const Port& p : graph.arguments)
      if (p.node == id) return port_name(p);
    for (const Port& p : graph.results)
      if (storage_of(graph, p.node) == id) return port_name(p);
    return "%" + std::to_string(id);
  }
  /// "dense/kernel", "gradient of dense/kernel", "input 0".
  std::string port_name(const Port& p) const {
    if (p.role == Role::weight) return weights[static_cast<std::size_t>(p.index)];
    if (p.role == Role::gradient) return "gradient of " + weights[static_cast<std::size_t>(p.index)];
    return role_name(p.role, p.index);
  }
  /// The layer whose weights a step reads, or whose gradients it computes; nothing for any other: graphs do not know their layers.
  std::string layer(int s) const {
    if (s >= steps.size()) return "";
    const auto named = [&](const List<View>& views, const List<Port>& ports, Role role) -> std::string {
      for (const View& v : views)
        for (const Port& p : ports)
          if (p.role == role && storage_of(graph, p.node) == v.base) {
            const std::string& name = weights[static_cast<std::size_t>(p.index)];
            return name.substr(0, name.rfind('/'));
          }
      return "";
    };
    const std::string read = named(steps[s].in, graph.arguments, Role::weight);
    return read.empty() ? named(steps[s].out, graph.results, Role::gradient) : read;
  }
  /// The shape of what a step computes first: "(B, 10)".
  std::string output(int s) const { return s < steps.size() ? text_of(graph.nodes[steps[s].out[0].base].shape) : ""; }
  /// "dense (B, 10): matmul + add".
  std::string headline(int s) const {
    const std::string name = layer(s);
    return (name.empty() ? "" : name + " ") + output(s) + ": " + operations(s);
  }
  /// The operations that a step computes, in order.
  std::string operations(int s) const {
    const PlannedStep& p = plan.steps[s];
    const Node& v = graph.nodes[p.node];
    std::string text = is_pointwise(v.op) || is_literal(graph, p.node) ? "" : name_of(v.op);
    if (s >= steps.size()) return "copy";
    const KernelKey& key = steps[s].key;
    const KernelKind kind = kind_of(key[0]);
    int at = -1;
    if (kind == KernelKind::map) at = 4 + static_cast<int>(key[3]);
    if (kind == KernelKind::product) at = 6;
    if (kind == KernelKind::convolve || kind == KernelKind::convolve_input_gradient || kind == KernelKind::pooled_input_gradient) at = 5 + 6 * static_cast<int>(key[1]);
    if (kind == KernelKind::pooled_convolve) at = 6 + 6 * static_cast<int>(key[2]);
    if (at < 0) return text;
    if (kind != KernelKind::map) at += 1 + static_cast<int>(key[at]);
    for (long line = 0; line < key[at]; ++line) {
      const auto op = static_cast<Op>(key[at + 1 + static_cast<int>(5 * line)]);
      if (op == Op::constant || op == Op::batch) continue;
      text += (text.empty() ? "" : " + ") + std::string(name_of(op));
    }
    const int stored = static_cast<int>(key[key.size() - 1]);
    return !text.empty() ? text : is_rounded(stored) ? "cast" : "fill";
  }
  std::string place(const Place& p) const {
    if (p.space > 0) return "";
    std::string text = " @";
    const long each = p.counted + p.scaled;
    if (p.fixed != 0 || each == 0) text += std::to_string(p.fixed);
    if (each != 0) text += (p.fixed != 0 ? "+" : "") + std::to_string(each) + "B";
    return text;
  }
};

inline std::string describe(NodeGraph graph, std::vector<std::string> weights) {
  const Explained e(std::move(graph), std::move(weights));
  std::string text;
  for (int s = 0; s < e.plan.steps.size(); ++s) {
    const PlannedStep& p = e.plan.steps[s];
    text += std::to_string(s) + ": " + e.headline(s) + "\n     ";
    for (int i = 0; i < p.inputs + p.outputs && s < e.steps.size(); ++i) {
      const View& v = i < p.inputs ? e.steps[s].in[i] : e.steps[s].out[i - p.inputs];
      text += (i == p.inputs ? " -> " : i == 0 ? "" : ", ") + e.value_name(v.base) + " " + text_of(e.graph.nodes[v.base].shape) + e.place(e.plan.places[p.first_place + i]);
    }
    text += "  [kernel " + std::to_string(p.kernel) + "]\n";
  }
  text += std::to_string(e.plan.steps.size()) + " steps, " + std::to_string(e.plan.kernel_starts.size() - 1) + " distinct kernels, arena " +
          std::to_string(e.plan.arena_fixed) + " bytes + " + std::to_string(e.plan.arena_counted) + " bytes per sample (B)\n";
  return text;
}

inline std::string to_dot(NodeGraph graph, std::vector<std::string> weights) {
  const Explained e(std::move(graph), std::move(weights));
  std::string text = "digraph plan {\n  node [shape=box, fontname=\"sans-serif\"];\n";
  List<int> made_by(e.graph.nodes.size(), -1);
  for (int s = 0; s < e.steps.size(); ++s) {
    text += "  s" + std::to_string(s) + " [label=\"" + e.operations(s) + "\\n";
    for (const View& out : e.steps[s].out) {
      text += text_of(e.graph.nodes[out.base].shape) + " ";
      made_by[out.base] = s;
    }
    text += "\"];\n";
  }
  for (const Port& p : e.graph.arguments)
    text += "  a" + std::to_string(p.node) + " [shape=ellipse, label=\"" + e.port_name(p) + "\\n" + text_of(e.graph.nodes[p.node].shape) + "\"];\n";
  for (int s = 0; s < e.steps.size(); ++s)
    for (const View& in : e.steps[s].in) {
      const bool argument = e.graph.nodes[in.base].op == Op::argument;
      text += "  " + (argument ? "a" + std::to_string(in.base) : "s" + std::to_string(made_by[in.base])) + " -> s" + std::to_string(s) + ";\n";
    }
  for (int r = 0; r < e.graph.results.size(); ++r) {
    const Port& p = e.graph.results[r];
    const int id = storage_of(e.graph, p.node);
    text += "  r" + std::to_string(r) + " [shape=ellipse, label=\"" + e.port_name(p) + "\"];\n  ";
    text += (made_by[id] >= 0 ? "s" + std::to_string(made_by[id]) : "a" + std::to_string(id)) + " -> r" + std::to_string(r) + ";\n";
  }
  return text + "}\n";
}

template <class Net, class... LossAndMetrics>
struct SourceFor {
  using type = Prediction<Net>;
};
template <class Net, class Loss, class... Metrics>
struct SourceFor<Net, Loss, Metrics...> {
  using type = Training<Net, false, Loss, Metrics...>;
};

}  // namespace detail

/// The plan of a model as text: for each step the layer whose weights it has, the shape of its output and the operations that
/// are fused in it, what it reads and writes with shapes (B: the batch) and addresses in the arena, and the number of its kernel;
/// last, how much memory the plan needs.
/// describe<Net>() is the plan of prediction, describe<Net, Loss, Metrics...>() that of a training step.
///
///     std::puts(tn::describe<Net>().c_str());
template <class Net, class... LossAndMetrics>
std::string describe() {
  return detail::describe(Simplified<typename detail::SourceFor<Net, LossAndMetrics...>::type>::graph.thaw(), detail::weight_names(detail::description_of<Net>()));
}

/// The same as a graph in Graphviz's language: `dot -Tsvg`.
template <class Net, class... LossAndMetrics>
std::string to_dot() {
  return detail::to_dot(Simplified<typename detail::SourceFor<Net, LossAndMetrics...>::type>::graph.thaw(), detail::weight_names(detail::description_of<Net>()));
}

}  // namespace tenon
