#include <tenon/metrics/accuracy.hpp>

#include <tenon/losses/mean_absolute_error.hpp>
#include <tenon/losses/mean_squared_error.hpp>

#include "../support/golden_layer.hpp"

using namespace tenon;
using support::Values;

namespace {

/// The (weighted) mean of a metric's values, as Keras reports it after several batches.
template <class Metric>
double value_of(const golden::Case& c) {
  support::Sketch g;
  const golden::Tensor &labels = c.inputs.at(0), &predictions = c.inputs.at(1);
  const Symbol y_pred = g.argument(support::batched_shape(predictions));
  Target target = detail::target_of<Metric>(y_pred.shape());
  if (static_cast<long>(labels.data.size()) < target.shape.elements(static_cast<long>(labels.shape[0]))) target = detail::class_labels(y_pred.shape());  // Accuracy takes both
  const detail::OwnerOf<Metric> object;
  g.trace.object = &object;
  const Symbol y_true = g.argument(target.shape, target.dtype), values = Metric{}.call(y_true, y_pred);
  REQUIRE(g.trace.mistake.problem == Problem::none);
  std::vector<Values> arguments{support::values_of(predictions), support::values_of(labels)};
  const Metric metric{};
  for (const Hyperparameter& h : g.trace.hyperparameters) arguments.push_back({static_cast<double>(h.read(&metric))});
  const auto batch = static_cast<long>(predictions.shape[0]);
  const Values each = support::run<float>(g.with_results({values}), arguments, batch)[0];
  double total = 0, weights = 0;
  for (std::size_t i = 0; i < each.size(); ++i) {
    const double weight = c.inputs.size() > 2 ? static_cast<double>(c.inputs[2].data[i * static_cast<std::size_t>(batch) / each.size()]) : 1;
    total += each[i] * weight, weights += weight;
  }
  return total / weights;
}

}  // namespace

TEST_CASE("metrics agree with Keras", "[metrics]") {
  const std::map<std::string, double (*)(const golden::Case&)> metrics = {
    {"BinaryAccuracy", &value_of<BinaryAccuracy>},
    {"CategoricalAccuracy", &value_of<CategoricalAccuracy>},
    {"SparseCategoricalAccuracy", &value_of<SparseCategoricalAccuracy>},
    {"Accuracy", &value_of<Accuracy>},
    {"MeanSquaredError", &value_of<MeanSquaredError>},
    {"MeanAbsoluteError", &value_of<MeanAbsoluteError>},
  };
  for (const golden::Case& c : golden::load("metrics")) {
    INFO(c.name << ": " << c.layer);
    CHECK(metrics.at(c.layer)(c) == Approx(c.outputs.at(0).data.at(0)).epsilon(1e-6));
  }
}

TEST_CASE("an axis of extent 1 at the end of labels does not matter", "[metrics]") {
  const auto value = [](auto metric, const Shape& labels, const Shape& output, DType type) {
    support::Sketch g;
    const Symbol y_pred = g.argument(output), y_true = g.argument(labels, type), values = metric.call(y_true, y_pred);
    REQUIRE(g.trace.mistake.problem == Problem::none);
    CHECK(values.shape() == shape(dynamic));
    return g.run({values}, {{0.25, 0.75, 0.5}, {0, 1, 1}}, 3)[0];
  };
  for (const Shape& labels : {shape(dynamic), shape(dynamic, 1)}) {
    CHECK(value(Accuracy{}, labels, shape(dynamic, 1), DType::int32) == Values{1, 1, 0});
    CHECK(value(SparseCategoricalAccuracy{}, labels, shape(dynamic, 1), DType::int32) == Values{1, 0, 0});
    CHECK(value(MeanAbsoluteError{}, labels, shape(dynamic, 1), DType::float32) == Values{0.25, 0.25, 0.5});
  }
  support::Sketch g;
  CHECK(SparseCategoricalAccuracy::call(g.argument(shape(dynamic, 2), DType::int32), g.argument(shape(dynamic, 2))).poisoned);
  CHECK(g.trace.mistake.problem == Problem::labels_do_not_fit_the_loss);
}
