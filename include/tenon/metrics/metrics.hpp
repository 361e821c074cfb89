// What a metric is, and the metrics of one of several outputs.
#pragma once

#include <concepts>
#include <span>
#include <tuple>

#include <tenon/graph/symbol.hpp>

namespace tenon {

/// A metric is a type with a constexpr member `call(y_true, y_pred)`, a value per sample whose mean over all samples it is (any loss is one; what
/// counts differently as a metric than as a loss has a member `measure`, too). One that is no mean has two members instead:
/// `sums(y_true, y_pred)`, some numbers per sample (B, …), or of the batch, which are added up over all samples, and
/// `double result(std::span<const double> sums, long samples) const`, what it says of them.
///
/// Its name in the logs is the name of the type in snake_case, or its member `static constexpr const char* score_name`.
namespace detail {
template <class M>
concept made_of_sums = requires(const M& m, Symbol y, std::span<const double> sums) {
  { m.sums(y, y) } -> std::same_as<Symbol>;
  { m.result(sums, 1L) } -> std::same_as<double>;
};
}  // namespace detail

/// The metrics of one output of a model that has several; `tn::metrics` makes it. M: the type of each metric.
template <class... M>
struct MetricGroup {
  std::tuple<M...> each;
};

/// The metrics of one output: compile takes a group for each output, in their order, or none at all.
/// Follows the lists within the list `metrics` of Keras's compile.
///
///     auto model = tn::compile<Net>(tn::Adam{}, tn::losses(tn::SparseCategoricalCrossentropy{}, tn::MeanSquaredError{}),
///                                   tn::metrics(tn::Accuracy{}), tn::metrics());
template <class... M>
constexpr MetricGroup<M...> metrics(const M&... each) { return {{each...}}; }

namespace detail {

template <class M>
inline constexpr bool is_metric_group = false;
template <class... M>
inline constexpr bool is_metric_group<MetricGroup<M...>> = true;

template <class F, class M>
constexpr void visit_metrics(F& f, int&, const M& metric) { f(metric, 0); }
template <class F, class... M>
constexpr void visit_metrics(F& f, int& group, const MetricGroup<M...>& metrics) {
  std::apply([&](const auto&... each) { (f(each, group), ...); }, metrics.each);
  ++group;
}
/// Calls f(metric, output) for each metric: those of the k-th group belong to output k, those without a group to output 0.
template <class F, class... Metrics>
constexpr void for_each_metric([[maybe_unused]] F f, const Metrics&... metrics) {
  [[maybe_unused]] int group = 0;
  (visit_metrics(f, group, metrics), ...);
}

/// How many metrics these are, those in groups counted one by one.
template <class M>
inline constexpr int metric_count = 1;
template <class... M>
inline constexpr int metric_count<MetricGroup<M...>> = sizeof...(M);

}  // namespace detail
}  // namespace tenon
