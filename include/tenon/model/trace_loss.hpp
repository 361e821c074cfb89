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

/// Calls f while a loss or metric of this type may read its numbers.
template <class Function, class F>
constexpr Symbol as_owner(Trace& t, F f) {
  const OwnerOf<Function> object;
  t.object = &object;
  const Symbol values = f();
  t.object = nullptr;
  return values;
}
constexpr bool is_per_sample(const Shape& shape) { return shape.rank > 0 && shape[0] == dynamic; }
constexpr Symbol check_per_sample(Symbol values) {
  return values.poisoned || is_per_sample(values.shape()) ? values : mistake(values, Problem::loss_is_not_per_sample, values.shape());
}
template <class Loss>
concept of_whole_batch = Loss::of_whole_batch;
template <class Loss>
concept with_mask = requires(const Loss& loss, Symbol y) { loss.mask(y, y); };

/// The sum of a loss over the values that count, divided as its reduction says. Where there are none that is 0.
template <class Loss>
constexpr Symbol masked_mean(const Loss& loss, Symbol y_true, Symbol y_pred, Symbol values, Symbol weight) {
  const Symbol mask = loss.mask(y_true, y_pred), reduction = parameter<&Loss::reduction>(y_pred);
  const auto is = [&](Reduction r) { return reduction == static_cast<double>(r); };
  const Symbol counted = select(is(Reduction::mean_with_sample_weight), sum(mask * weight), sum(mask));
  return sum(values * mask * weight) / select(is(Reduction::sum), 1, select(counted == 0, 1, counted));
}

/// A loss over the batch, each sample times its weight, divided by what the host says before each step (Divisor, number `divisor` of the owners).
template <class Loss>
constexpr Symbol reduced_loss(Trace& t, Symbol y_true, Symbol y_pred, Symbol weight, bool from_logits, int divisor) {
  const Loss loss = loss_with<Loss>(from_logits);
  const int owner = t.owner;
  const Symbol reduced = as_owner<Loss>(t, [&] {
    const Symbol values = loss.call(y_true, y_pred);
    if constexpr (of_whole_batch<Loss>) {
      if (!values.poisoned && values.shape().rank > 0) return mistake(values, Problem::loss_is_not_per_sample, values.shape());
    } else if (const Symbol checked = check_per_sample(values); checked.poisoned) {
      return checked;
    }
    Shape as_values = shape(dynamic);
    while (as_values.rank < values.shape().rank) as_values = as_values.append(1);
    const Symbol each = reshape(weight, as_values);
    if constexpr (with_mask<Loss>) return masked_mean(loss, y_true, y_pred, values, each);
    const Symbol weighted = values * each;
    t.owner = divisor;
    Symbol by = hyperparameter<&Divisor::samples>(weighted, [](const void* d) { return static_cast<const Divisor*>(d)->samples; });
    const double more = static_cast<double>(weighted.shape().elements() - 1);
    if (more > 0) by = by * (1 + more * hyperparameter<&Divisor::averaged>(weighted, [](const void* d) { return static_cast<const Divisor*>(d)->averaged; }));
    return sum(weighted) / by;
  });
  t.owner = owner;
  return reduced;
}

/// The total with the penalties of regularizers, as a result of the graph.
constexpr Symbol trace_total(Trace& t, Symbol total) {
  for (int i = 0; i < t.extra_losses.size(); ++i) total = total + Symbol{&t, 0, t.extra_losses[i]};
  add_result(t, Role::loss, total, 0);
  return total;
}

/// What a metric is the mean of, per sample. One with from_logits is asked for both, and reads which it is before each step.
template <class Metric>
constexpr Symbol values_of(const Metric& metric, Symbol y_true, Symbol y_pred) {
  const auto values = [&](const Metric& m) {
    if constexpr (requires { m.measure(y_true, y_pred); }) return m.measure(y_true, y_pred);
    else return m.call(y_true, y_pred);
  };
  if constexpr (with_logits<Metric>) return select(parameter<&Metric::from_logits>(y_pred), values(loss_with<Metric>(true)), values(loss_with<Metric>(false)));
  else return values(metric);
}

/// The numbers of a metric, added up over the batch.
template <class Metric>
constexpr Symbol sum_of_metric(Trace& t, const Metric& metric, Symbol y_true, Symbol y_pred) {
  return as_owner<Metric>(t, [&] {
    if constexpr (made_of_sums<Metric>) {
      const Symbol numbers = metric.sums(y_true, y_pred);
      if (numbers.poisoned || !numbers.shape().batched()) return numbers;
      const Symbol checked = check_per_sample(numbers);
      return checked.poisoned ? checked : reduce(Op::reduce_sum, numbers, 1);
    } else {
      const Symbol each = check_per_sample(values_of(metric, y_true, y_pred));
      return each.poisoned ? each : sum(each) * (1 / static_cast<double>(each.shape().elements()));
    }
  });
}

/// The sums of each metric over the batch, as results of the graph. y_true and y_pred: one for each output.
/// The first metric's numbers belong to the owner after `owner`.
template <class... Metrics>
constexpr void trace_metrics(Trace& t, const Symbol* y_true, const Symbol* y_pred, int owner) {
  int k = 0;
  for_each_metric([&](const auto& metric, int output) {
    t.owner = owner + k + 1;
    add_result(t, Role::metric, sum_of_metric(t, metric, y_true[output], y_pred[output]), k++);
  }, Metrics{}...);
  t.owner = 0;
}

/// Loss and metrics of a model with one output; returns the loss. The loss is owner 0, the k-th metric 1 + k, and the loss's Divisor follows.
template <class Loss, class... Metrics>
constexpr Symbol trace_loss(Trace& t, Symbol y_pred, bool from_logits) {
  const Symbol y_true = trace_labels<Loss>(t, 0, y_pred);
  const Symbol weight{&t, 0, t.argument(Role::sample_weight, 0, shape(dynamic)), y_pred.poisoned};
  t.top_level = -1;
  const Symbol total = trace_total(t, reduced_loss<Loss>(t, y_true, y_pred, weight, from_logits, 1 + (0 + ... + metric_count<Metrics>)));
  trace_metrics<Metrics...>(t, &y_true, &y_pred, 0);
  return total;
}

/// The same of one loss for each output: Σ weight_k · loss_k, and if there are several outputs the loss of each as results 1 + k.
/// Bit k of from_logits belongs to the k-th loss. The weights are owner 0, the k-th loss is 1 + k, the metrics follow, and
/// then the Divisor of each loss.
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
      const Symbol loss = reduced_loss<LossAt<K, Several>>(t, y_true[K], y_pred[K], sample_weight, (from_logits >> K & 1) != 0, 1 + count + (0 + ... + metric_count<Metrics>) + K);
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
