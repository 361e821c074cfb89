#include <tenon/losses/binary_crossentropy.hpp>
#include <tenon/losses/categorical_crossentropy.hpp>
#include <tenon/losses/mean_absolute_error.hpp>
#include <tenon/losses/mean_squared_error.hpp>
#include <tenon/losses/sparse_categorical_crossentropy.hpp>
#include <tenon/model/sources.hpp>

#include "../support/golden_layer.hpp"
#include "../support/gradient_check.hpp"

using namespace tenon;
using support::Sketch;
using support::Values;

namespace {

using Trace_loss = Symbol (*)(Trace&, Symbol y_pred, bool from_logits);

/// The mean loss of a golden case and its gradient, in float: where Keras keeps a probability away from 0 and 1 depends on the precision.
void check_loss(const golden::Case& c, Trace_loss trace_loss) {
  INFO(c.name << ": " << c.layer);
  Sketch g;
  const Symbol y_pred = g.argument(support::batched_shape(c.inputs.at(1)));
  const Symbol loss = trace_loss(g.trace, y_pred, c.layer.find("from_logits = true") != std::string::npos);
  g.result(gradient(loss, y_pred));
  REQUIRE(g.trace.mistake.problem == Problem::none);
  const long batch = static_cast<long>(c.inputs[1].shape[0]);
  const Values ones(static_cast<std::size_t>(batch), 1.0);
  const std::vector<Values> arguments{support::values_of(c.inputs[1]), support::values_of(c.inputs[0]), c.inputs.size() > 2 ? support::values_of(c.inputs[2]) : ones};
  const auto results = support::run<float>(g.graph(), arguments, batch);
  golden::check_close(results.at(0), c.outputs.at(0), 2e-6, 1e-6);
  golden::check_close(results.at(1), c.input_gradients.at(1), 1e-5, 1e-6);
}

template <class Loss>
void check_file(const std::string& file, const std::string& name) {
  int count = 0;
  for (const golden::Case& c : golden::load(file))
    if (c.layer.rfind(name, 0) == 0) check_loss(c, &detail::trace_loss<Loss>), ++count;
  CHECK(count > 0);
}

/// One value per sample of a loss on the output of an activation.
template <class Loss>
std::vector<Values> losses_behind(Symbol (*activation)(Symbol), const Shape& scores, const Values& y, const Values& z, long batch) {
  Sketch g;
  const Symbol x = g.argument(scores), y_pred = activation(x);
  const Target target = detail::target_of<Loss>(y_pred.shape());
  const Symbol y_true = g.argument(target.shape, target.dtype), values = Loss{}.call(y_true, y_pred);
  return support::run<float>(simplify(g.with_results({values, gradient(values, x)})), {z, y}, batch);
}

}  // namespace

TEST_CASE("losses agree with Keras", "[losses]") {
  check_file<BinaryCrossentropy>("losses/binary", "BinaryCrossentropy");
  check_file<CategoricalCrossentropy>("losses/categorical", "CategoricalCrossentropy");
  check_file<SparseCategoricalCrossentropy>("losses/categorical", "SparseCategoricalCrossentropy");
  check_file<MeanSquaredError>("losses/regression", "MeanSquaredError");
  check_file<MeanAbsoluteError>("losses/regression", "MeanAbsoluteError");
}

TEST_CASE("losses pass gradients", "[losses]") {
  const support::Points positive{.low = 0.1, .high = 0.9};
  const auto check = [](auto loss, const Shape& s, const support::Points& where) {
    support::check_gradients([&](const std::vector<Symbol>& x) { return loss.call(x[0], x[1]); }, {s, s}, where);
  };
  check(MeanSquaredError{}, shape(dynamic, 3), {});
  check(MeanAbsoluteError{}, shape(dynamic, 3), {});
  check(BinaryCrossentropy{}, shape(dynamic, 3), positive);
  check(BinaryCrossentropy{.from_logits = true}, shape(dynamic, 3), {});
  check(CategoricalCrossentropy{}, shape(dynamic, 2, 3), positive);
  check(CategoricalCrossentropy{.from_logits = true}, shape(dynamic, 4), {});
  support::check_second_derivatives([](const std::vector<Symbol>& x) { return CategoricalCrossentropy{}.call(softmax(x[1]), softmax(x[0])); },
                                    {shape(dynamic, 3), shape(dynamic, 3)});
}

TEST_CASE("a loss behind a softmax or sigmoid uses the scores, and loses nothing where probabilities round to 0 or 1", "[losses]") {
  const auto categorical = losses_behind<CategoricalCrossentropy>(&softmax, shape(dynamic, 2), {1, 0, 0, 1}, {-200, 0, 3, 3}, 2);
  CHECK(categorical[0] == Values{200, static_cast<double>(std::log(2.f))});
  CHECK(categorical[1] == Values{-1, 1, 0.5, -0.5});
  const auto sparse = losses_behind<SparseCategoricalCrossentropy>(&softmax, shape(dynamic, 2), {0, 1}, {-200, 0, 3, 3}, 2);
  CHECK(sparse == categorical);
  const auto binary = losses_behind<BinaryCrossentropy>(&sigmoid, shape(dynamic, 1), {1, 0, 1}, {-200, 100, 50}, 3);
  CHECK(binary[0][0] == 200);
  CHECK(binary[0][1] == 100);
  CHECK(binary[0][2] < 1e-20);
  CHECK(binary[1][0] == -1);
  CHECK(binary[1][1] == 1);
}

TEST_CASE("losses of scores lose nothing where a probability rounds to 0 or 1", "[losses]") {  // values from Keras
  Sketch g;
  const Symbol z = g.argument(shape(dynamic, 1)), y = g.argument(shape(dynamic, 1)), values = BinaryCrossentropy{.from_logits = true}.call(y, z);
  const auto results = support::run<float>(g.with_results({values, gradient(values, z)}), {{15, -15, -100, 100, 0, 0.5}, {1, 0, 1, 0, 1, 1}}, 6);
  golden::check_close(results[0], {{6}, {3.059022617435403e-07f, 3.059022617435403e-07f, 100, 100, 0.6931471824645996f, 0.4740769863128662f}}, 1e-6, 0);
  golden::check_close(results[1], {{6}, {-3.0590220490012143e-07f, 3.0590220490012143e-07f, -1, 1, -0.5f, -0.3775406777858734f}}, 1e-6, 0);
}
