// A network on the CPU backend, compiled as any model is, against what Keras computes for it.
#pragma once

#include <tenon/tenon.hpp>

#include "../support/catch.hpp"
#include "../support/golden.hpp"

namespace parity {

namespace tn = tenon;

/// The outputs of a network, and the gradient of every trainable weight of the sum of outputs times given numbers.
template <class Net, bool InTraining>
struct Probe {
  static constexpr tn::Trace trace() {
    tn::Trace t;
    t.training = InTraining;
    const tn::List<tn::Symbol> outputs = tn::detail::trace_forward<Net>(t);
    tn::List<tn::Symbol> weights;
    for (const tn::Weight& w : t.weights)
      if (w.trainable) weights.push_back({&t, 0, w.node});
    tn::Symbol sum = tn::constant(outputs[0], 0);
    for (int i = 0; i < outputs.size(); ++i) {
      const tn::Symbol y = outputs[i];
      sum = sum + tn::sum(y * tn::Symbol{&t, 0, t.argument(tn::Role::target, i, y.shape())});
      tn::detail::add_result(t, tn::Role::output, y, i);
    }
    const tn::List<tn::Symbol> gradients = tn::gradient(sum, weights);
    for (int i = 0, k = 0; i < t.weights.size(); ++i)
      if (t.weights[i].trainable) tn::detail::add_result(t, tn::Role::gradient, gradients[k++], i);
    return t;
  }
};

template <class Net, bool InTraining>
void check_case(const golden::Case& c) {
  using Source = Probe<Net, InTraining>;
  constexpr auto& graph = tn::Traced<Source>::graph;
  constexpr int arguments = tn::Traced<Source>::sizes.arguments, results = tn::Traced<Source>::sizes.results;
  const auto batch = static_cast<long>(c.inputs[0].shape[0]);

  const void* from[arguments];
  for (int k = 0; k < arguments; ++k) {
    const auto index = static_cast<std::size_t>(graph.arguments[k].index);
    const tn::Role role = graph.arguments[k].role;
    from[k] = (role == tn::Role::input ? c.inputs : role == tn::Role::weight ? c.weights : c.cotangents)[index].data.data();
  }
  std::vector<std::vector<float>> values(results);
  void* to[results];
  for (int k = 0; k < results; ++k) {
    values[static_cast<std::size_t>(k)].resize(static_cast<std::size_t>(graph.nodes[graph.results[k].node].shape.elements(batch)));
    to[k] = values[static_cast<std::size_t>(k)].data();
  }
  tn::Cpu::Executor<Source> executor;
  executor.run({from, to, batch, {}});

  for (int k = 0; k < results; ++k) {
    const auto index = static_cast<std::size_t>(graph.results[k].index);
    const bool output = graph.results[k].role == tn::Role::output;
    INFO((output ? "output " : "gradient of weight ") << index);
    golden::check_close(values[static_cast<std::size_t>(k)], (output ? c.outputs : c.weight_gradients)[index], 2e-4, 2e-5);
  }
}

template <class Net>
void check_network(const std::string& name) {
  for (const golden::Case& c : golden::load(name)) {
    INFO(name << ", " << c.name);
    c.training ? check_case<Net, true>(c) : check_case<Net, false>(c);
  }
}

}  // namespace parity
