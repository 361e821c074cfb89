// Checks what is given to tn::compile for each output of the model, while the program compiles.
#pragma once

#include <tenon/model/check.hpp>

namespace tenon::detail {

template <class... F>
struct RefuseLossCount {
  static_assert(there_is_a_loss_for_each_output<F...>, "Tenon: the second argument of compile has a loss for each output of the model, in their order, as in compile<Net>(tn::Adam{}, tn::losses(a, b))");
};
template <class... F>
struct RefuseMetricGroups {
  static_assert(there_is_a_group_of_metrics_for_each_output<F...>, "Tenon: the metrics of several outputs are a group for each, in their order, as in compile<Net>(tn::Adam{}, tn::losses(a, b), tn::metrics(tn::Accuracy{}), tn::metrics())");
};

template <class Net>
inline constexpr int output_count = Traced<Prediction<Net>>::sizes.results;

/// True if there are no metrics, those of one output, or a group for each.
template <int Outputs, class... Metrics>
inline constexpr bool groups_fit = [] {
  constexpr int count = sizeof...(Metrics), groups = (0 + ... + is_metric_group<Metrics>);
  return groups == 0 ? count == 0 || Outputs == 1 : groups == count && groups == Outputs;
}();

template <class Net, class Loss, class... Metrics>
constexpr bool check_counts() {
  if constexpr (loss_count<Loss> != output_count<Net>) {
    using Said = decltype(sizeof(RefuseLossCount<Net, Given<loss_count<Loss>>, Needed<output_count<Net>>>));
    return Said{} != 0;
  } else if constexpr (!groups_fit<output_count<Net>, Metrics...>) {
    using Said = decltype(sizeof(RefuseMetricGroups<Net, Given<(0 + ... + is_metric_group<Metrics>)>, Needed<output_count<Net>>>));
    return Said{} != 0;
  } else {
    return true;
  }
}

/// The loss and metrics of one output alone, to find out whose mistake it was.
template <class Net, int K, class Loss, class... Metrics>
struct EvaluationOfOutput {
  static constexpr Trace trace() {
    Trace t;
    List<Symbol> output;
    output.push_back(trace_forward<Net>(t)[K]);
    compare<Loss, Metrics...>(t, output, 0);
    return t;
  }
};
template <class Source>
inline constexpr bool is_sound = Traced<Source>::records.mistake.problem == Problem::none;

/// Which loss or metric it was, for the message: of several outputs with the index of the output.
template <class Net, int K>
using LossOf = std::conditional_t<(output_count<Net> > 1), AsLossOfOutput<K>, AsLoss>;
template <class Net, int K>
using MetricOf = std::conditional_t<(output_count<Net> > 1), AsMetricOfOutput<K>, AsMetric>;

/// A metric and the output that it is of.
template <int K, class M>
struct MetricAt;
template <int K, class... M>
std::tuple<MetricAt<K, M>*...> metrics_at(const MetricGroup<M...>*);
template <int K, class M> requires(!is_metric_group<M>)
std::tuple<MetricAt<0, M>*> metrics_at(const M*);

/// Names the first metric that does not fit its output.
template <class Net, class Loss, int K, class M, class... Rest>
constexpr bool check_metrics(const std::tuple<MetricAt<K, M>*, Rest...>*) {
  using Source = EvaluationOfOutput<Net, K, LossAt<K, Loss>, M>;
  if constexpr (is_sound<Source>) return check_metrics<Net, Loss>(static_cast<const std::tuple<Rest...>*>(nullptr));
  else return check_source<Source, MetricOf<Net, K>, M>();
}

/// Names the first loss, or else the first metric, that does not fit its output; there is one.
template <class Net, int K, class Loss, class... Metrics>
constexpr bool name_misfit() {
  if constexpr (K < loss_count<Loss>) {
    using Source = EvaluationOfOutput<Net, K, LossAt<K, Loss>>;
    if constexpr (is_sound<Source>) return name_misfit<Net, K + 1, Loss, Metrics...>();
    else return check_source<Source, LossOf<Net, K>, LossAt<K, Loss>>();
  } else {
    return []<std::size_t... I>(std::index_sequence<I...>) {
      using All = decltype(std::tuple_cat(metrics_at<static_cast<int>(I)>(static_cast<const Metrics*>(nullptr))...));
      return check_metrics<Net, Loss>(static_cast<const All*>(nullptr));
    }(std::index_sequence_for<Metrics...>{});
  }
}

}  // namespace tenon::detail
