// The part of a graph that compares outputs with labels: the loss, and the metrics.
#pragma once

#include <tenon/graph/differentiate.hpp>
#include <tenon/losses/losses.hpp>
#include <tenon/metrics/metrics.hpp>

namespace tenon::detail {

constexpr void add_result(Trace& t, Role role, Symbol value, int index) { t.root().results.push_back({role, value.id, index}); }

/// What the k-th output is compared with, as its loss wants it.
template <class Loss>
constexpr Symbol trace_labels(Trace& t, int k, Symbol y_pred) {
  const Target target = target_of<Loss>(y_pred.shape());
  const bool fits = target.shape.rank > 0 && target.shape[0] == dynamic && target.shape.batch_axes() == 1;
  if (!fits && !y_pred.poisoned) t.report(Problem::labels_do_not_fit_the_loss, target.shape, y_pred.shape());
  return {&t, 0, t.argument(Role::target, k, target.shape, target.dtype), y_pred.poisoned};
}

/// A loss or metric applied to the labels and the output: one value per sample.
template <class Function>
constexpr Symbol per_sample(const Function& f, Symbol y_true, Symbol y_pred) {
  const OwnerOf<Function> object;
  y_pred.trace->object = &object;
  const Symbol values = f.call(y_true, y_pred);
  y_pred.trace->object = nullptr;
  if (!values.poisoned && !(values.shape().rank > 0 && values.shape()[0] == dynamic)) return mistake(values, Problem::loss_is_not_per_sample, values.shape());
  return values;
}

/// The mean of a loss over the batch, each sample times its weight.
template <class Loss>
constexpr Symbol mean_loss(Symbol y_true, Symbol y_pred, Symbol weight, bool from_logits) {
  const Loss loss = loss_with<Loss>(from_logits);
  const Symbol values = per_sample(loss, y_true, y_pred);
  Shape as_values = shape(dynamic);
  while (as_values.rank < values.shape().rank) as_values = as_values.append(1);
  return sum(values * reshape(weight, as_values)) / reduced_count(values, all_axes(values));
}

/// The total with the penalties of regularizers, as a result of the graph.
constexpr Symbol trace_total(Trace& t, Symbol total) {
  for (int i = 0; i < t.extra_losses.size(); ++i) total = total + Symbol{&t, 0, t.extra_losses[i]};
  add_result(t, Role::loss, total, 0);
  return total;
}

/// The sum of each metric over the batch, as results of the graph. y_true and y_pred: one for each output.
/// The first metric's numbers belong to the owner after `owner`.
template <class... Metrics>
constexpr void trace_metrics(Trace& t, const Symbol* y_true, const Symbol* y_pred, int owner) {
  int k = 0;
  for_each_metric([&](const auto& metric, int output) {
    t.owner = owner + k + 1;
    const Symbol each = per_sample(metric, y_true[output], y_pred[output]);
    add_result(t, Role::metric, sum(each) * (1 / static_cast<double>(each.shape().elements())), k++);
  }, Metrics{}...);
  t.owner = 0;
}

/// Loss and metrics of a model with one output; returns the loss. The loss is owner 0, the k-th metric 1 + k.
template <class Loss, class... Metrics>
constexpr Symbol trace_loss(Trace& t, Symbol y_pred, bool from_logits) {
  const Symbol y_true = trace_labels<Loss>(t, 0, y_pred);
  const Symbol weight{&t, 0, t.argument(Role::sample_weight, 0, shape(dynamic)), y_pred.poisoned};
  t.top_level = -1;
  const Symbol total = trace_total(t, mean_loss<Loss>(y_true, y_pred, weight, from_logits));
  trace_metrics<Metrics...>(t, &y_true, &y_pred, 0);
  return total;
}

/// The same of one loss for each output: Σ weight_k · loss_k, and if there are several outputs the loss of each as results 1 + k.
/// Bit k of from_logits belongs to the k-th loss. The weights are owner 0, the k-th loss is 1 + k, the metrics follow.
template <class Several, class... Metrics>
constexpr Symbol trace_losses(Trace& t, const List<Symbol>& y_pred, unsigned from_logits) {
  constexpr int count = loss_count<Several>;
  return [&]<int... K>(std::integer_sequence<int, K...>) {
    const Symbol y_true[] = {trace_labels<LossAt<K, Several>>(t, K, y_pred[K])...};
    const Symbol sample_weight{&t, 0, t.argument(Role::sample_weight, 0, shape(dynamic)), (y_pred[K].poisoned || ...)};
    t.top_level = -1;
    Symbol total = constant(sample_weight, 0);
    ([&] {
      const Symbol weight = hyperparameter<K>(total, [](const void* owner) { return static_cast<const Several*>(owner)->weight(K); });
      t.owner = 1 + K;
      const Symbol loss = mean_loss<LossAt<K, Several>>(y_true[K], y_pred[K], sample_weight, (from_logits >> K & 1) != 0);
      t.owner = 0;
      if (count > 1) add_result(t, Role::loss, loss, 1 + K);
      total = total + weight * loss;
    }(), ...);
    total = trace_total(t, total);
    trace_metrics<Metrics...>(t, y_true, y_pred.begin(), count);
    return total;
  }(std::make_integer_sequence<int, count>{});
}

/// Loss and metrics of a model with these outputs; returns the loss.
template <class Loss, class... Metrics>
constexpr Symbol compare(Trace& t, const List<Symbol>& y_pred, unsigned from_logits) {
  if constexpr (is_losses<Loss>) return trace_losses<Loss, Metrics...>(t, y_pred, from_logits);
  else return trace_loss<Loss, Metrics...>(t, y_pred[0], from_logits != 0);
}

}  // namespace tenon::detail
