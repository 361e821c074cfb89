// Layers and models against golden files: outputs, gradients and moving averages.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include <tenon/layers/layer.hpp>

#include "golden.hpp"
#include "plan_interpreter.hpp"
#include "run_graph.hpp"

namespace support {

inline Values values_of(const golden::Tensor& t) { return {t.data.begin(), t.data.end()}; }

/// The shape of a tensor whose first axis is the batch.
inline tenon::Shape batched_shape(const golden::Tensor& t) {
  tenon::Shape s = tenon::shape(tenon::dynamic);
  for (std::size_t axis = 1; axis < t.shape.size(); ++axis) s = s.append(static_cast<int>(t.shape[axis]));
  return s;
}

/// Writes a network into the graph: from the inputs of a golden case to its outputs.
using Forward = std::function<std::vector<tenon::Symbol>(Sketch&, const golden::Case&)>;

/// Outputs, gradients of the sum of output x cotangent, and next moving averages, as Keras has them.
inline void check_case(const golden::Case& c, const Forward& forward) {
  INFO(c.name << ": " << c.layer);
  Sketch g;
  g.trace.training = c.training;
  const auto outputs = forward(g, c);
  REQUIRE(g.trace.mistake.problem == tenon::Problem::none);
  REQUIRE(outputs.size() == c.outputs.size());
  REQUIRE(g.trace.weights.size() == static_cast<int>(c.weights.size()));

  struct Expected {
    std::string what;
    golden::Tensor tensor;
  };
  std::vector<Expected> expected;
  const auto expect = [&](const std::string& what, std::size_t index, tenon::Symbol value, const golden::Tensor& tensor) {
    if (tensor.empty()) return;
    expected.push_back({what + " " + std::to_string(index), tensor});
    g.result(value);
  };
  for (std::size_t i = 0; i < outputs.size(); ++i) expect("output", i, outputs[i], c.outputs[i]);

  tenon::Symbol loss = constant(outputs[0], 0);
  for (std::size_t i = 0; i < outputs.size(); ++i)
    loss = loss + sum(outputs[i] * g.argument(outputs[i].shape(), tenon::DType::float32, tenon::Role::gradient, static_cast<int>(i)));
  tenon::List<tenon::Symbol> xs;
  std::vector<Values> arguments;
  for (const tenon::Port& p : g.graph().arguments) {
    const auto& tensors = p.role == tenon::Role::input ? c.inputs : p.role == tenon::Role::weight ? c.weights : c.cotangents;
    arguments.push_back(values_of(tensors.at(static_cast<std::size_t>(p.index))));
    if (p.role != tenon::Role::gradient) xs.push_back(g.symbol(p.node));
  }
  const auto gradients = gradient(loss, xs);
  int k = 0;
  for (const tenon::Port& p : g.graph().arguments) {
    if (p.role == tenon::Role::gradient) continue;
    const auto i = static_cast<std::size_t>(p.index);
    const bool input = p.role == tenon::Role::input;
    expect(input ? "gradient of input" : "gradient of weight", i, gradients[k++], (input ? c.input_gradients : c.weight_gradients).at(i));
  }
  for (const tenon::Port& update : g.trace.updates)
    expect("next value of weight", static_cast<std::size_t>(update.index), g.symbol(update.node), c.weights_after.at(static_cast<std::size_t>(update.index)));

  const auto batch = static_cast<long>(c.inputs.at(0).shape.at(0));
  const auto traced = run(g.graph(), arguments, batch), planned = run_planned(g.graph(), arguments, batch);
  for (std::size_t r = 0; r < expected.size(); ++r) {
    INFO(expected[r].what);
    golden::check_close(traced[r], expected[r].tensor, 2e-6, 3e-6);
    golden::check_close(planned[r], expected[r].tensor, 2e-6, 3e-6);
  }
}

/// Calls a layer on N inputs.
template <class L, int N>
std::vector<tenon::Symbol> call_layer(Sketch& g, const golden::Case& c) {
  static constexpr L object{};
  std::vector<tenon::Symbol> x;
  for (const golden::Tensor& t : c.inputs) x.push_back(g.argument(batched_shape(t)));
  if (static_cast<int>(x.size()) != N) throw std::invalid_argument("call_layer: another number of inputs");
  if constexpr (N == 1) return {tenon::apply(object, x[0])};
  else if constexpr (N == 2) return {tenon::apply(object, x[0], x[1])};
  else return {tenon::apply(object, x[0], x[1], x[2])};
}

/// A layer by the name that the golden files have for it.
template <class L>
std::pair<std::string, Forward> layer_named(std::string name) { return {std::move(name), &call_layer<L, 1>}; }

/// All cases of a file; every layer they name must be among `layers`.
inline void check_golden(const std::string& file, const std::map<std::string, Forward>& layers) {
  for (const golden::Case& c : golden::load(file)) {
    INFO(c.name);
    const auto found = layers.find(c.layer);
    if (found == layers.end()) FAIL("no C++ type is given for " << c.layer);
    else check_case(c, found->second);
  }
}

}  // namespace support
