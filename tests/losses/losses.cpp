#include <tenon/losses/binary_crossentropy.hpp>
#include <tenon/losses/binary_focal_crossentropy.hpp>
#include <tenon/losses/categorical_crossentropy.hpp>
#include <tenon/losses/categorical_focal_crossentropy.hpp>
#include <tenon/losses/categorical_generalized_cross_entropy.hpp>
#include <tenon/losses/cosine_similarity.hpp>
#include <tenon/losses/dice.hpp>
#include <tenon/losses/hinge.hpp>
#include <tenon/losses/huber.hpp>
#include <tenon/losses/kl_divergence.hpp>
#include <tenon/losses/log_cosh.hpp>
#include <tenon/losses/mean_absolute_error.hpp>
#include <tenon/losses/mean_absolute_percentage_error.hpp>
#include <tenon/losses/mean_squared_error.hpp>
#include <tenon/losses/mean_squared_logarithmic_error.hpp>
#include <tenon/losses/poisson.hpp>
#include <tenon/losses/sparse_categorical_crossentropy.hpp>
#include <tenon/losses/tversky.hpp>
#include <tenon/model/sources.hpp>

#include "../support/golden_layer.hpp"
#include "../support/gradient_check.hpp"

#include <functional>
#include <limits>
#include <numeric>

using namespace tenon;
using support::Sketch;
using support::Values;

namespace {

/// The loss of a golden case and its gradient, in float: where Keras keeps a probability away from 0 and 1 depends on the precision.
template <class Loss>
void check_loss(const golden::Case& c, const Loss& loss) {
  INFO(c.name << ": " << c.layer);
  Sketch g;
  const Symbol y_pred = g.argument(support::batched_shape(c.inputs.at(1)));
  const Symbol value = detail::trace_loss<Loss>(g.trace, y_pred, detail::wants_logits(loss));
  g.result(gradient(value, y_pred));
  REQUIRE(g.trace.mistake.problem == Problem::none);
  const long batch = static_cast<long>(c.inputs[1].shape[0]);
  const Values weights = c.inputs.size() > 2 ? support::values_of(c.inputs[2]) : Values(static_cast<std::size_t>(batch), 1.0);
  const auto divisor = detail::divisor_of(detail::reduction_of(loss), static_cast<double>(batch), std::accumulate(weights.begin(), weights.end(), 0.0));
  const void* const owners[] = {&loss, &divisor};
  std::vector<Values> arguments;
  for (const Port& p : g.graph().arguments) {
    if (p.role == Role::input) arguments.push_back(support::values_of(c.inputs[1]));
    if (p.role == Role::target) arguments.push_back(support::values_of(c.inputs[0]));
    if (p.role == Role::sample_weight) arguments.push_back(weights);
    if (p.role == Role::hyperparameter) {
      const Hyperparameter& number = g.trace.hyperparameters[p.index];
      arguments.push_back({static_cast<double>(number.read(owners[number.owner]))});
    }
  }
  const auto results = support::run<float>(g.graph(), arguments, batch);
  golden::check_close(results.at(0), c.outputs.at(0), 3e-6, 1e-6);
  golden::check_close(results.at(1), c.input_gradients.at(1), 1e-5, 2e-6);
}

using Check = std::function<void(const golden::Case&)>;

/// A loss by the text that the golden files have for it.
template <class Loss>
std::pair<std::string, Check> loss_named(std::string text, const Loss& loss = {}) {
  return {std::move(text), [loss](const golden::Case& c) { check_loss(c, loss); }};
}

void check_file(const std::string& file, const std::map<std::string, Check>& losses) {
  for (const golden::Case& c : golden::load(file)) {
    INFO(c.name);
    const auto found = losses.find(c.layer);
    if (found == losses.end()) FAIL("no C++ loss is given for " << c.layer);
    else found->second(c);
  }
}

/// The values of a loss, which may read its numbers.
template <class Loss>
Symbol called(Trace& t, const Loss& loss, Symbol y_true, Symbol y_pred) {
  return detail::as_owner<Loss>(t, [&] { return loss.call(y_true, y_pred); });
}

/// One value per sample of a loss on the output of an activation.
template <class Loss>
std::vector<Values> losses_behind(Symbol (*activation)(Symbol), const Shape& scores, const Values& y, const Values& z, long batch) {
  Sketch g;
  const Symbol x = g.argument(scores), y_pred = activation(x);
  const Target target = detail::target_of<Loss>(y_pred.shape());
  const Symbol y_true = g.argument(target.shape, target.dtype), values = called(g.trace, Loss{}, y_true, y_pred);
  std::vector<Values> arguments{z, y};
  arguments.resize(static_cast<std::size_t>(g.graph().arguments.size()), Values{0});  // no label smoothing
  return support::run<float>(simplify(g.with_results({values, gradient(values, x)})), arguments, batch);
}

}  // namespace

TEST_CASE("losses agree with Keras", "[losses]") {
  check_file("losses/binary", {loss_named<BinaryCrossentropy>("BinaryCrossentropy{}"), loss_named("BinaryCrossentropy{.from_logits = true}", BinaryCrossentropy{.from_logits = true})});
  check_file("losses/categorical", {loss_named<CategoricalCrossentropy>("CategoricalCrossentropy{}"), loss_named<SparseCategoricalCrossentropy>("SparseCategoricalCrossentropy{}"),
                                    loss_named("CategoricalCrossentropy{.from_logits = true}", CategoricalCrossentropy{.from_logits = true}),
                                    loss_named("SparseCategoricalCrossentropy{.from_logits = true}", SparseCategoricalCrossentropy{.from_logits = true})});
  check_file("losses/regression", {loss_named<MeanSquaredError>("MeanSquaredError"), loss_named<MeanAbsoluteError>("MeanAbsoluteError")});
}

// The text of a C++ expression and its value.
#define LOSS(...) loss_named(#__VA_ARGS__, __VA_ARGS__)

TEST_CASE("losses agree with Keras, whatever their numbers and their reduction", "[losses]") {
  check_file("losses/all", {
    LOSS(MeanAbsolutePercentageError{}), LOSS(MeanSquaredLogarithmicError{}), LOSS(Huber{}), LOSS(Huber{.delta = 0.25}), LOSS(LogCosh{}), LOSS(Hinge{}),
    LOSS(SquaredHinge{}), LOSS(CategoricalHinge{}), LOSS(KLDivergence{}), LOSS(Poisson{}), LOSS(CosineSimilarity{}), LOSS(CosineSimilarityWith<1>{}),
    LOSS(CosineSimilarity{.reduction = Reduction::sum}), LOSS(BinaryCrossentropy{.label_smoothing = 0.1}),
    LOSS(BinaryCrossentropy{.from_logits = true, .label_smoothing = 0.1}), LOSS(BinaryFocalCrossentropy{}),
    LOSS(BinaryFocalCrossentropy{.apply_class_balancing = true}),
    LOSS(BinaryFocalCrossentropy{.apply_class_balancing = true, .alpha = 0.6, .gamma = 3, .label_smoothing = 0.2}),
    LOSS(BinaryFocalCrossentropy{.gamma = 1.5, .from_logits = true}), LOSS(CategoricalCrossentropy{.label_smoothing = 0.2}),
    LOSS(CategoricalCrossentropy{.from_logits = true, .label_smoothing = 0.2}), LOSS(CategoricalFocalCrossentropy{}),
    LOSS(CategoricalFocalCrossentropy{.alpha = 0.5, .gamma = 1.5, .label_smoothing = 0.2}), LOSS(CategoricalFocalCrossentropy{.from_logits = true}),
    LOSS(CategoricalGeneralizedCrossEntropy{}), LOSS(CategoricalGeneralizedCrossEntropy{.q = 0.8}), LOSS(SparseCategoricalCrossentropyWith<IgnoreClass<1>>{}),
    LOSS(SparseCategoricalCrossentropyWith<IgnoreClass<255>>{.from_logits = true, .reduction = Reduction::mean}),
    LOSS(SparseCategoricalCrossentropyWith<IgnoreClass<255>>{.from_logits = true, .reduction = Reduction::sum}),
    LOSS(SparseCategoricalCrossentropyWith<IgnoreClass<255>>{.from_logits = true, .reduction = Reduction::mean_with_sample_weight}),
    LOSS(Dice{}), LOSS(DiceWith<1, 2>{}), LOSS(Tversky{}), LOSS(Tversky{.alpha = 0.3, .beta = 0.7}), LOSS(TverskyWith<1>{.alpha = 0.2}),
    LOSS(MeanSquaredError{.reduction = Reduction::sum}), LOSS(MeanSquaredError{.reduction = Reduction::mean}),
    LOSS(MeanSquaredError{.reduction = Reduction::mean_with_sample_weight}), LOSS(MeanAbsoluteError{.reduction = Reduction::sum}),
    LOSS(MeanAbsoluteError{.reduction = Reduction::mean}), LOSS(MeanAbsoluteError{.reduction = Reduction::mean_with_sample_weight}),
    LOSS(DiceWith<2>{.reduction = Reduction::sum}), LOSS(DiceWith<2>{.reduction = Reduction::mean}), LOSS(DiceWith<2>{.reduction = Reduction::mean_with_sample_weight}),
  });
}

TEST_CASE("a loss says which of its numbers makes no sense", "[losses]") {
  const auto wrong = [](const auto& loss) {
    const BadNumber number = loss.check(shape(dynamic, 3));
    return number.name == nullptr ? std::string("none") : number.name + std::string(": ") + number.wanted;
  };
  CHECK(wrong(Huber{}) == "none");
  CHECK(wrong(Huber{.delta = 0}) == "delta: a number above 0");
  CHECK(wrong(BinaryCrossentropy{.label_smoothing = 1.5f}) == "label_smoothing: 0 to 1");
  CHECK(wrong(CategoricalCrossentropy{.label_smoothing = -0.1f}) == "label_smoothing: 0 to 1");
  CHECK(wrong(BinaryFocalCrossentropy{.alpha = 2, .gamma = -1}) == "alpha: 0 to 1");
  CHECK(wrong(CategoricalFocalCrossentropy{.gamma = std::numeric_limits<float>::quiet_NaN()}) == "gamma: 0 or more");
  CHECK(wrong(CategoricalGeneralizedCrossEntropy{.q = 1}) == "q: a number between 0 and 1");
}

TEST_CASE("losses refuse labels of another shape, and sums that leave the batch half done", "[losses]") {
  const auto problem = [](auto loss, const Shape& labels) {
    Sketch g;
    const Symbol y_true = g.argument(labels), y_pred = g.argument(shape(dynamic, 4, 3));
    detail::check_per_sample(called(g.trace, loss, y_true, y_pred));
    return g.trace.mistake.problem;
  };
  CHECK(problem(Huber{}, shape(dynamic, 4, 3)) == Problem::none);
  for (const Shape& labels : {shape(dynamic), shape(dynamic, 4), shape(dynamic, 3), shape(dynamic, 3, 4)}) {
    CHECK(problem(Huber{}, labels) == Problem::labels_do_not_fit_the_loss);
    CHECK(problem(Hinge{}, labels) == Problem::labels_do_not_fit_the_loss);
    CHECK(problem(CategoricalCrossentropy{}, labels) == Problem::labels_do_not_fit_the_loss);
    CHECK(problem(Dice{}, labels) == Problem::labels_do_not_fit_the_loss);
  }
  CHECK(problem(DiceWith<0, 1>{}, shape(dynamic, 4, 3)) == Problem::loss_is_not_per_sample);
  CHECK(problem(CosineSimilarityWith<0>{}, shape(dynamic, 4, 3)) == Problem::loss_is_not_per_sample);
}

TEST_CASE("losses pass gradients", "[losses]") {
  const support::Points positive{.low = 0.1, .high = 0.9};
  const auto check = [](auto loss, const Shape& s, const support::Points& where) {
    support::check_gradients([&](const std::vector<Symbol>& x) { return called(*x[0].trace, loss, x[0], x[1]); }, {s, s}, where);
  };
  check(MeanSquaredError{}, shape(dynamic, 3), {});
  check(MeanAbsoluteError{}, shape(dynamic, 3), {});
  check(BinaryCrossentropy{}, shape(dynamic, 3), positive);
  check(BinaryCrossentropy{.from_logits = true}, shape(dynamic, 3), {});
  check(CategoricalCrossentropy{}, shape(dynamic, 2, 3), positive);
  check(CategoricalCrossentropy{.from_logits = true}, shape(dynamic, 4), {});
  const support::Points apart{.low = -3, .high = 3};
  check(MeanAbsolutePercentageError{}, shape(dynamic, 3), positive);
  check(MeanSquaredLogarithmicError{}, shape(dynamic, 3), positive);
  check(LogCosh{}, shape(dynamic, 3), apart);
  check(CategoricalHinge{}, shape(dynamic, 3), {});
  check(KLDivergence{}, shape(dynamic, 3), positive);
  check(Poisson{}, shape(dynamic, 3), positive);
  check(CosineSimilarity{}, shape(dynamic, 2, 3), {});
  check(DiceWith<1>{}, shape(dynamic, 2, 3), positive);
  support::check_gradients([](const std::vector<Symbol>& x) { return reshape(Dice{}.call(x[0], x[1]), shape(1)); }, {shape(dynamic, 3), shape(dynamic, 3)}, positive);
  support::check_second_derivatives([](const std::vector<Symbol>& x) { return called(*x[0].trace, CategoricalCrossentropy{}, softmax(x[1]), softmax(x[0])); },
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
  const Symbol z = g.argument(shape(dynamic, 1)), y = g.argument(shape(dynamic, 1)), values = called(g.trace, BinaryCrossentropy{.from_logits = true}, y, z);
  const auto results = support::run<float>(g.with_results({values, gradient(values, z)}), {{15, -15, -100, 100, 0, 0.5}, {1, 0, 1, 0, 1, 1}, {0}}, 6);
  golden::check_close(results[0], {{6}, {3.059022617435403e-07f, 3.059022617435403e-07f, 100, 100, 0.6931471824645996f, 0.4740769863128662f}}, 1e-6, 0);
  golden::check_close(results[1], {{6}, {-3.0590220490012143e-07f, 3.0590220490012143e-07f, -1, 1, -0.5f, -0.3775406777858734f}}, 1e-6, 0);
}
