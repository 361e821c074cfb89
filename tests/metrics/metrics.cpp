#include <functional>

#include <tenon/losses/binary_crossentropy.hpp>
#include <tenon/losses/cosine_similarity.hpp>
#include <tenon/losses/hinge.hpp>
#include <tenon/losses/kl_divergence.hpp>
#include <tenon/losses/mean_absolute_percentage_error.hpp>
#include <tenon/metrics/auc.hpp>
#include <tenon/metrics/f_beta_score.hpp>
#include <tenon/metrics/iou.hpp>
#include <tenon/metrics/log_cosh_error.hpp>
#include <tenon/metrics/pearson_correlation.hpp>
#include <tenon/metrics/precision.hpp>
#include <tenon/metrics/r2_score.hpp>
#include <tenon/metrics/root_mean_squared_error.hpp>
#include <tenon/metrics/sensitivity_at_specificity.hpp>
#include <tenon/metrics/top_k_accuracy.hpp>
#include <tenon/metrics/true_positives.hpp>
#include <tenon/model/trace_loss.hpp>

#include "../support/golden_layer.hpp"

using namespace tenon;
using support::Values;

namespace {

/// What a metric says of samples in batches: rows of labels and of outputs, each of one shape.
template <class Metric>
double measured(const Metric& metric, const golden::Tensor& labels, const golden::Tensor& outputs, long batch_size) {
  support::Sketch g;
  const Symbol y_pred = g.argument(support::batched_shape(outputs));
  const bool classes = labels.shape.size() < outputs.shape.size();
  const Symbol y_true = g.argument(support::batched_shape(labels), classes ? DType::int32 : DType::float32);
  const Symbol sums = detail::sum_of_metric(g.trace, Metric{}, y_true, y_pred);
  REQUIRE(g.trace.mistake.problem == Problem::none);
  g.result(sums);
  const auto samples = static_cast<long>(labels.shape[0]);
  std::vector<double> total(static_cast<std::size_t>(sums.shape().elements()));
  for (long first = 0; first < samples; first += batch_size) {
    const long batch = std::min(batch_size, samples - first);
    const auto rows = [&](const golden::Tensor& t) {
      const Values all = support::values_of(t);
      const auto row = static_cast<long>(all.size()) / samples;
      return Values(all.begin() + first * row, all.begin() + (first + batch) * row);
    };
    std::vector<Values> arguments{rows(outputs), rows(labels)};
    for (const Hyperparameter& h : g.trace.hyperparameters) arguments.push_back({static_cast<double>(h.read(&metric))});
    const Values numbers = support::run<float>(g.graph(), arguments, batch).at(0);
    REQUIRE(numbers.size() == total.size());
    for (std::size_t i = 0; i < total.size(); ++i) total[i] += numbers[i];
  }
  if constexpr (detail::made_of_sums<Metric>) return metric.result(total, samples);
  else return total[0] / static_cast<double>(samples);
}
template <class Metric>
double measured(const Metric& metric, const Shape& sample, const Values& labels, const Values& outputs) {
  golden::Tensor t;
  t.shape = {outputs.size() / static_cast<std::size_t>(sample.elements())};
  for (int i = 0; i < sample.rank; ++i) t.shape.push_back(static_cast<std::size_t>(sample[i]));
  golden::Tensor y = t;
  y.data.assign(labels.begin(), labels.end()), t.data.assign(outputs.begin(), outputs.end());
  return measured(metric, y, t, static_cast<long>(t.shape[0]));
}

using Check = std::function<void(const golden::Case&)>;

/// A metric by the text that the golden file has for it.
template <class Metric>
std::pair<std::string, Check> metric_named(std::string text, const Metric& metric) {
  return {std::move(text), [metric](const golden::Case& c) {
            const auto batch_size = static_cast<long>(c.values.at("batch_size").at(0));
            CHECK(measured(metric, c.inputs.at(0), c.inputs.at(1), batch_size) == Approx(static_cast<double>(c.outputs.at(0).data.at(0))).epsilon(2e-6).margin(1e-6));
          }};
}
// The text of a C++ expression and its value.
#define METRIC(...) metric_named(#__VA_ARGS__, __VA_ARGS__)

template <class Metric>
std::string wrong(const Metric& metric) {
  const BadNumber number = metric.check(shape(dynamic, 3));
  return number.name == nullptr ? std::string("none") : number.name + std::string(": ") + number.wanted;
}
template <class Metric>
Problem problem(const Metric& metric, const Shape& labels, const Shape& outputs, DType type = DType::float32) {
  support::Sketch g;
  const Symbol y_pred = g.argument(outputs), y_true = g.argument(labels, type);
  detail::sum_of_metric(g.trace, metric, y_true, y_pred);
  return g.trace.mistake.problem;
}

}  // namespace

TEST_CASE("metrics agree with Keras, in one batch and in several", "[metrics]") {
  const std::map<std::string, Check> metrics = {
    METRIC(Precision{}), METRIC(Recall{}), METRIC(Precision{.thresholds = 0.25}), METRIC(Recall{.thresholds = 0}), METRIC(Precision{.class_id = 0}),
    METRIC(Recall{.thresholds = 0.5, .class_id = 2}), METRIC(PrecisionWith<1>{}), METRIC(PrecisionWith<2>{.thresholds = 0.5, .class_id = 1}), METRIC(RecallWith<2>{}),
    METRIC(TruePositives{}), METRIC(TrueNegatives{}), METRIC(FalsePositives{.thresholds = 0.25}), METRIC(FalseNegatives{}), METRIC(AUC{}),
    METRIC(AUC{.curve = Curve::PR}), METRIC(AUCWith<50>{.curve = Curve::PRGAIN}), METRIC(AUC{.summation_method = SummationMethod::majoring}),
    METRIC(AUCWith<50>{.curve = Curve::PR, .summation_method = SummationMethod::minoring}), METRIC(AUC{.from_logits = true}), METRIC(AUCWith<50, true>{}),
    METRIC(AUCWith<50, true>{.curve = Curve::PR}), METRIC(SensitivityAtSpecificity{.specificity = 0.4}), METRIC(SensitivityAtSpecificity{.specificity = 0.6, .class_id = 1}),
    METRIC(SpecificityAtSensitivityWith<50>{.sensitivity = 0.5}), METRIC(PrecisionAtRecall{.recall = 0.5}), METRIC(RecallAtPrecision{.precision = 0.6}),
    METRIC(BinaryIoU{}), METRIC(BinaryIoUWith<1>{.threshold = 0.25}), METRIC(IoU<4, 0, 2>{}), METRIC(IoU<3, 1>{.ignore_class = 0}), METRIC(MeanIoU<3>{}), METRIC(MeanIoU<4>{}),
    METRIC(MeanIoU<4>{.ignore_class = 1}), METRIC(OneHotIoU<4, 1>{}), METRIC(OneHotMeanIoU<4>{}), METRIC(F1Score{}), METRIC(F1Score{.average = ClassAverage::weighted}),
    METRIC(FBetaScore{.average = ClassAverage::micro, .beta = 2.0}), METRIC(FBetaScore{.beta = 0.5, .threshold = 0.4}), METRIC(SparseTopKCategoricalAccuracy{}),
    METRIC(SparseTopKCategoricalAccuracy{.k = 1}), METRIC(SparseTopKCategoricalAccuracy{.k = 2}), METRIC(TopKCategoricalAccuracy{.k = 2}), METRIC(R2Score{}),
    METRIC(R2Score{.class_aggregation = ClassAggregation::variance_weighted_average}), METRIC(R2Score{.num_regressors = 2}), METRIC(PearsonCorrelation{}),
    METRIC(ConcordanceCorrelation{}), METRIC(RootMeanSquaredError{}), METRIC(LogCoshError{}), METRIC(CosineSimilarity{}), METRIC(Hinge{}), METRIC(MeanAbsolutePercentageError{}),
    METRIC(BinaryCrossentropy{.from_logits = true, .label_smoothing = 0.1}), METRIC(KLDivergence{}),
  };
  for (const golden::Case& c : golden::load("all_metrics")) {
    INFO(c.name);
    const auto found = metrics.find(c.layer);
    if (found == metrics.end()) FAIL("no C++ metric is given for " << c.layer);
    else found->second(c);
  }
}

TEST_CASE("an output that is NaN says no", "[metrics]") {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  CHECK(measured(Precision{}, shape(1), {1, 1, 0}, {nan, 0.9, 0.8}) == 0.5);
  CHECK(measured(Recall{}, shape(1), {1, 1, 0}, {nan, 0.9, 0.8}) == 0.5);
  CHECK(measured(FalseNegatives{}, shape(1), {1, 1, 0}, {nan, 0.9, 0.8}) == 1);
  CHECK(measured(TopKCategoricalAccuracy{.k = 1}, shape(2), {1, 0, 0, 1}, {nan, 0, 0, 1}) == 0.5);  // Keras: NaN is no large probability
}

TEST_CASE("a metric says which of its numbers makes no sense", "[metrics]") {
  CHECK(wrong(Precision{.class_id = 2}) == "none");
  CHECK(wrong(Precision{.thresholds = 1.5f}) == "thresholds: 0 to 1");
  CHECK(wrong(PrecisionWith<2>{}) == "none");
  CHECK(wrong(PrecisionWith<2>{.thresholds = -1}) == "thresholds: 0 to 1");
  for (const int id : {3, -2}) {
    CHECK(wrong(Recall{.class_id = id}) == "class_id: -1, for all, or a position along the last axis of the output");
    CHECK(wrong(RecallAtPrecision{.class_id = id}) == "class_id: -1, for all, or a position along the last axis of the output");
  }
  CHECK(wrong(TrueNegatives{.thresholds = -0.1f}) == "thresholds: 0 to 1");
  CHECK(wrong(SensitivityAtSpecificity{.specificity = 2}) == "specificity: 0 to 1");
  CHECK(wrong(FBetaScore{.beta = 0}) == "beta: a number above 0");
  CHECK(wrong(F1Score{.threshold = 1.1f}) == "threshold: 0, for the largest output, to 1");
  CHECK(wrong(TopKCategoricalAccuracy{.k = 0}) == "k: at least 1");
  CHECK(wrong(R2Score{.num_regressors = -1}) == "num_regressors: 0 or more");
}

TEST_CASE("metrics refuse labels of another shape", "[metrics]") {
  const Shape outputs = shape(dynamic, 3);
  for (const Shape& labels : {shape(dynamic), shape(dynamic, 1), shape(dynamic, 2), shape(dynamic, 3, 3)}) {
    CHECK(problem(Precision{}, labels, outputs) == Problem::labels_do_not_fit_the_loss);
    CHECK(problem(Recall{}, labels, outputs) == Problem::labels_do_not_fit_the_loss);
    CHECK(problem(AUC{}, labels, outputs) == Problem::labels_do_not_fit_the_loss);
    CHECK(problem(PrecisionAtRecall{}, labels, outputs) == Problem::labels_do_not_fit_the_loss);
    CHECK(problem(F1Score{}, labels, outputs) == Problem::labels_do_not_fit_the_loss);
    CHECK(problem(R2Score{}, labels, outputs) == Problem::labels_do_not_fit_the_loss);
    CHECK(problem(OneHotMeanIoU<3>{}, labels, outputs) == Problem::labels_do_not_fit_the_loss);
  }
  CHECK(problem(Precision{}, outputs, outputs) == Problem::none);
  CHECK(problem(MeanIoU<3>{}, shape(dynamic, 2), outputs, DType::int32) == Problem::labels_do_not_fit_the_loss);
  CHECK(problem(SparseTopKCategoricalAccuracy{}, outputs, outputs, DType::int32) == Problem::labels_do_not_fit_the_loss);
  for (const Shape& more : {shape(dynamic, 2, 3)}) {
    CHECK(problem(F1Score{}, more, more) == Problem::labels_do_not_fit_the_loss);
    CHECK(problem(R2Score{}, more, more) == Problem::labels_do_not_fit_the_loss);
    CHECK(problem(AUCWith<50, true>{}, more, more) == Problem::labels_do_not_fit_the_loss);
  }
}
