// The graphs of a model: prediction, evaluation, training, and the optimizer's update.
#pragma once

#include <tenon/graph/frozen.hpp>
#include <tenon/model/graph.hpp>
#include <tenon/model/sequential.hpp>
#include <tenon/model/trace_loss.hpp>
#include <tenon/optimizers/concept.hpp>

namespace tenon {
namespace detail {

/// The one object of a model that is traced; its members' addresses are the layers' identities.
template <class Net>
inline constexpr Net instance{};

template <class Input>
constexpr Symbol input(Trace& t, int index) {
  const Shape batch = with_batch(Input::shape);
  const Symbol x{&t, 0, t.argument(Role::input, index, batch, Input::dtype)};
  return batch.elements() > max_elements ? mistake(x, Problem::too_large, batch) : x;
}
template <class First, class... Rest>
constexpr Symbol call_model(Trace& t, const Sequential<First, Rest...>& net) {
  return net.call(input<First>(t, 0));
}
template <class Body, class... Inputs>
constexpr auto call_model(Trace& t, const Graph<Body, Inputs...>& net) {
  int index = 0;
  const Symbol x[] = {input<Inputs>(t, index++)...};
  return [&]<std::size_t... I>(std::index_sequence<I...>) { return apply(net.body, x[I]...); }(std::index_sequence_for<Inputs...>{});
}

/// Traces the model forward and returns its outputs.
template <class Net>
constexpr List<Symbol> trace_forward(Trace& t) {
  t.program.graphs.push_back(NodeGraph{});
  List<Symbol> outputs;
  const auto y = call_model(t, instance<Net>);
  if constexpr (std::is_same_v<decltype(y), const Symbol>) outputs.push_back(y);
  else if constexpr (requires { y.items; }) for (const Symbol& item : y.items) outputs.push_back(item);
  else t.report(Problem::returns_no_tensor);
  for (Symbol& output : outputs)
    if (!output.poisoned && !(output.shape().rank > 0 && output.shape()[0] == dynamic)) output = mistake(output, Problem::output_has_no_batch, output.shape());
  return outputs;
}

/// Traces what an optimizer makes of a parameter w and its gradient g.
template <class Optimizer>
constexpr Trace trace_update(const Shape& variable, bool embeddings, auto update) {
  Trace t;
  t.program.graphs.push_back(NodeGraph{});
  t.per_parameter = variable.batched();
  t.of_embeddings = embeddings;
  const Symbol w{&t, 0, t.argument(Role::input, 0, variable)}, g{&t, 0, t.argument(Role::gradient, 0, variable)};
  const OwnerOf<Optimizer> object;
  t.object = &object;
  const Symbol next = update(w, g);
  t.object = nullptr;
  if (!next.poisoned && !(next.shape() == w.shape())) t.report(Problem::update_changes_shape, next.shape(), w.shape());
  add_result(t, Role::update, next, 0);
  for (const Port& u : t.updates) t.root().results.push_back({Role::update, u.node, 1 + u.index});
  return t;
}

}  // namespace detail

/// Prediction: the outputs of the model.
template <class Net>
struct Prediction {
  static constexpr Trace trace() {
    Trace t;
    const List<Symbol> outputs = detail::trace_forward<Net>(t);
    for (int i = 0; i < outputs.size(); ++i) detail::add_result(t, Role::output, outputs[i], i);
    return t;
  }
};

/// Evaluation: the loss (mean over the batch, penalties included) and the sum of each metric over the batch.
/// Bit k of FromLogits: the k-th output is scores for its loss.
template <class Net, unsigned FromLogits, class Loss, class... Metrics>
struct Evaluation {
  static constexpr Trace trace() {
    Trace t;
    detail::compare<Loss, Metrics...>(t, detail::trace_forward<Net>(t), FromLogits);
    return t;
  }
};

/// One training step: loss, metrics, the gradient of every trainable weight, and the next value of every state.
template <class Net, unsigned FromLogits, class Loss, class... Metrics>
struct Training {
  static constexpr Trace trace() {
    Trace t;
    t.training = true;
    const Symbol loss = detail::compare<Loss, Metrics...>(t, detail::trace_forward<Net>(t), FromLogits);
    List<Symbol> trainable;
    for (const Weight& w : t.weights)
      if (w.trainable) trainable.push_back({&t, 0, w.node});
    const List<Symbol> gradients = gradient(loss, trainable);
    for (int i = 0, k = 0; i < t.weights.size(); ++i)
      if (t.weights[i].trainable) detail::add_result(t, Role::gradient, gradients[k++], i);
    for (int i = 0; i < t.updates.size(); ++i) t.root().results.push_back(t.updates[i]);
    return t;
  }
};

/// What follows the optimizer's step: each trained weight that has a constraint is brought back to where that wants it.
template <class Net>
struct Constraints {
  static constexpr auto& records = Traced<Prediction<Net>>::records;
  static constexpr bool exist = [] {
    for (int i = 0; i < Traced<Prediction<Net>>::sizes.weights; ++i)
      if (records.weights[i].trainable && records.weights[i].constrained) return true;
    return false;
  }();
  static constexpr Trace trace() {
    Trace t;
    t.program.graphs.push_back(NodeGraph{});
    for (int i = 0; i < Traced<Prediction<Net>>::sizes.weights; ++i) {
      const Weight& w = records.weights[i];
      if (w.trainable && w.constrained) detail::add_result(t, Role::update, w.constrain({&t, 0, t.argument(Role::weight, i, w.shape)}), i);
    }
    return t;
  }
};

/// The optimizer's step for one parameter; the batch axis counts parameters, so that one call updates them all. Of an optimizer that needs
/// shapes: the step for a variable of this shape.
/// Plain: the plain update of an optimizer that has one. Results: the new parameter (update 0), then the new value of each state (update 1 + k).
template <class Optimizer, bool Plain = false, Shape Variable = shape(dynamic), bool Embeddings = false>
struct Update {
  static constexpr Trace trace() {
    return detail::trace_update<Optimizer>(Variable, Embeddings, [](Symbol w, Symbol g) {
      if constexpr (Plain) return Optimizer{}.plain_update(w, g);
      else return Optimizer{}.update(w, g);
    });
  }
};

/// What an optimizer does to a parameter in a step that only adds to the accumulated gradient.
template <class Optimizer>
struct BetweenUpdates {
  static constexpr Trace trace() {
    return detail::trace_update<Optimizer>(shape(dynamic), false, [](Symbol w, Symbol) { return Optimizer{}.between(w); });
  }
};

}  // namespace tenon
