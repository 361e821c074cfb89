// The graphs of a model: prediction, evaluation, training, and the optimizer's update.
#pragma once

#include <tenon/graph/differentiate.hpp>
#include <tenon/losses/concept.hpp>
#include <tenon/model/graph.hpp>
#include <tenon/model/sequential.hpp>
#include <tenon/optimizers/concept.hpp>

namespace tenon {
namespace detail {

/// The one object of a model that is traced; its members' addresses are the layers' identities.
template <class Net>
inline constexpr Net instance{};

template <class First, class... Rest>
constexpr Symbol call_model(Trace& t, const Sequential<First, Rest...>& net) {
  return net.call(Symbol{&t, 0, t.argument(Role::input, 0, with_batch(First::shape), First::dtype)});
}
template <class Body, class... Inputs>
constexpr auto call_model(Trace& t, const Graph<Body, Inputs...>& net) {
  int index = 0;
  const Symbol x[] = {{&t, 0, t.argument(Role::input, index++, with_batch(Inputs::shape), Inputs::dtype)}...};
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
constexpr void add_result(Trace& t, Role role, Symbol value, int index) { t.root().results.push_back({role, value.id, index}); }

/// A loss or metric applied to the labels and the output: one value per sample.
template <class Function>
constexpr Symbol per_sample(Trace& t, const Function& f, Symbol y_true, Symbol y_pred) {
  const Symbol values = f.call(y_true, y_pred);
  if (!values.poisoned && !(values.shape().rank > 0 && values.shape()[0] == dynamic)) return mistake(values, Problem::loss_is_not_per_sample, values.shape());
  static_cast<void>(t);
  return values;
}

/// Loss and metrics as results of the graph; returns the loss.
template <class Loss, class... Metrics>
constexpr Symbol trace_loss(Trace& t, Symbol y_pred, bool from_logits) {
  const Target target = target_of<Loss>(y_pred.shape());
  const Symbol y_true{&t, 0, t.argument(Role::target, 0, target.shape, target.dtype), y_pred.poisoned};
  const Symbol weight{&t, 0, t.argument(Role::sample_weight, 0, shape(dynamic)), y_pred.poisoned};
  t.top_level = -1;
  const Loss loss = loss_with<Loss>(from_logits);
  const Symbol values = per_sample(t, loss, y_true, y_pred);
  Shape as_values = shape(dynamic);
  while (as_values.rank < values.shape().rank) as_values = as_values.append(1);
  Symbol total = sum(values * reshape(weight, as_values)) / reduced_count(values, all_axes(values));
  for (int i = 0; i < t.extra_losses.size(); ++i) total = total + Symbol{&t, 0, t.extra_losses[i]};
  add_result(t, Role::loss, total, 0);
  ([&] {
    const int k = t.owner++;  // the loss is owner 0, the k-th metric 1 + k
    t.owner = k + 1;
    const Symbol each = per_sample(t, Metrics{}, y_true, y_pred);
    add_result(t, Role::metric, sum(each) * (1 / static_cast<double>(each.shape().elements())), k);
  }(), ...);
  t.owner = 0;
  return total;
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
template <class Net, bool FromLogits, class Loss, class... Metrics>
struct Evaluation {
  static constexpr Trace trace() {
    Trace t;
    detail::trace_loss<Loss, Metrics...>(t, detail::trace_forward<Net>(t)[0], FromLogits);
    return t;
  }
};

/// One training step: loss, metrics, the gradient of every trainable weight, and the next value of every state.
template <class Net, bool FromLogits, class Loss, class... Metrics>
struct Training {
  static constexpr Trace trace() {
    Trace t;
    t.training = true;
    const Symbol loss = detail::trace_loss<Loss, Metrics...>(t, detail::trace_forward<Net>(t)[0], FromLogits);
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

/// The optimizer's step for one parameter; the batch axis counts parameters, so that one call updates them all.
/// Results: the new parameter (update 0), then the new value of each state (update 1 + k).
template <class Optimizer>
struct Update {
  static constexpr Trace trace() {
    Trace t;
    t.program.graphs.push_back(NodeGraph{});
    t.per_parameter = true;
    const Symbol w{&t, 0, t.argument(Role::input, 0, shape(dynamic))}, g{&t, 0, t.argument(Role::gradient, 0, shape(dynamic))};
    const Symbol next = Optimizer{}.update(w, g);
    if (!next.poisoned && !(next.shape() == w.shape())) t.report(Problem::update_changes_shape, next.shape(), w.shape());
    detail::add_result(t, Role::update, next, 0);
    for (const Port& u : t.updates) t.root().results.push_back({Role::update, u.node, 1 + u.index});
    return t;
  }
};

}  // namespace tenon
