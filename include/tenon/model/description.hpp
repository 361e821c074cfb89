// A model as run-time values, for whatever does not depend on its type.
#pragma once

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <string>

#include <tenon/core/shape_text.hpp>
#include <tenon/model/check.hpp>
#include <tenon/model/parameters.hpp>

namespace tenon {

/// An input, output or label: the shape of one sample, and the type of its elements.
struct TensorSpec {
  Shape shape;
  DType dtype{};
  long classes = 0;  ///< integers that go in lie below this; 0: any
};

/// Everything about a model that is known while compiling, in one place: code that takes it is compiled once for all models.
struct Description {
  std::string (*name)() = nullptr;
  std::span<const Parameter> parameters;  ///< in the order of first use
  std::span<const int> keras_order;       ///< position in get_weights() → index into parameters
  long trainable_extent = 0;              ///< floats of the array that hold trainable weights
  long extent = 0;                        ///< floats of the array that holds all weights
  std::span<const LayerRecord> layers;    ///< in the order of first call
  int root = -1;                          ///< the layer that is the whole model (the body of a Graph), or -1
  std::span<const TensorSpec> inputs;
  std::span<const TensorSpec> outputs;
  std::span<const int> output_layers;     ///< of each of several outputs the layer that made it; -1: none, or one that made another, too
};

namespace detail {

/// What the loss expects of y.
struct LabelSpec {
  TensorSpec tensor;
  long classes = 0;  ///< integer labels lie below this; 0: any integer
  std::optional<long> ignored = {};  ///< but this one may be anywhere
};

/// One sample of an argument or result of a graph.
template <Sizes S>
constexpr TensorSpec spec_of(const FrozenGraph<S>& graph, const Port& port) {
  const Node& v = graph.nodes[port.node];
  return {v.shape.slice(1, v.shape.rank), v.dtype, v.op == Op::argument ? static_cast<long>(v.value) : 0};
}
template <int Count>
struct Specs {
  TensorSpec items[room(Count)];
  static constexpr int count = Count;
};
template <Sizes S>
constexpr int count_arguments(const FrozenGraph<S>& graph, Role role) {
  int count = 0;
  for (int i = 0; i < S.arguments; ++i) count += graph.arguments[i].role == role;
  return count;
}
template <Sizes S>
constexpr TensorSpec argument_spec(const FrozenGraph<S>& graph, Role role, int index) {
  for (int i = 0; i < S.arguments; ++i)
    if (graph.arguments[i].role == role && graph.arguments[i].index == index) return spec_of(graph, graph.arguments[i]);
  return {};
}

template <class Net>
inline constexpr auto inputs_of = [] {
  Specs<count_arguments(Traced<Prediction<Net>>::graph, Role::input)> specs;
  for (int i = 0; i < specs.count; ++i) specs.items[i] = argument_spec(Traced<Prediction<Net>>::graph, Role::input, i);
  return specs;
}();
template <class Net>
inline constexpr auto outputs_of = [] {
  Specs<Traced<Prediction<Net>>::sizes.results> specs;
  for (int i = 0; i < specs.count; ++i) specs.items[i] = spec_of(Traced<Prediction<Net>>::graph, Traced<Prediction<Net>>::graph.results[i]);
  return specs;
}();
/// The layer that made each output; tells outputs apart by their layers' names where there are several.
template <class Net>
inline constexpr auto output_layers_of = [] {
  constexpr int count = outputs_of<Net>.count;
  std::array<int, static_cast<std::size_t>(count)> layers{};
  if constexpr (count > 1) {
    Trace t;
    const List<Symbol> outputs = trace_forward<Net>(t);
    for (int k = 0; k < count; ++k) layers[static_cast<std::size_t>(k)] = maker_of(t, outputs[k].id);
    const auto made = layers;
    for (int& layer : layers)
      if (std::count(made.begin(), made.end(), layer) > 1) layer = -1;
  }
  return layers;
}();
template <class Net>
inline constexpr auto layers_of = Traced<Prediction<Net>>::records;

template <class Net>
const Description& description_of() {
  constexpr int layers = Traced<Prediction<Net>>::sizes.layers;
  static constexpr auto& table = parameters_of<Net>;
  static const Description description{
      &snake_case_name<Net>, {table.items, static_cast<std::size_t>(table.count)}, {table.keras_order, static_cast<std::size_t>(table.count)},
      table.trainable_extent, table.extent, {layers_of<Net>.layers, layers}, is_graph<Net> ? 0 : -1,
      {inputs_of<Net>.items, static_cast<std::size_t>(inputs_of<Net>.count)}, {outputs_of<Net>.items, static_cast<std::size_t>(outputs_of<Net>.count)}, output_layers_of<Net>};
  return description;
}

}  // namespace detail
}  // namespace tenon
