#include <tenon/backend/reference.hpp>
#include <tenon/layers/dense.hpp>
#include <tenon/layers/dropout.hpp>
#include <tenon/activations/softmax.hpp>
#include <tenon/losses/mean_squared_error.hpp>
#include <tenon/losses/sparse_categorical_crossentropy.hpp>
#include <tenon/metrics/accuracy.hpp>
#include <tenon/model/compile.hpp>
#include <tenon/optimizers/sgd.hpp>
#include <tenon/regularizers/l1_l2.hpp>

#include "../support/catch.hpp"
#include "../support/error_of.hpp"
#include "../support/golden.hpp"

namespace tn = tenon;
using support::error_of;

namespace {

struct Classes : tn::Sequential<tn::Input<2>, tn::Dense<3, tn::Softmax>> {};
struct WithL2 : tn::Sequential<tn::Input<2>, tn::Dense<3, tn::Softmax, tn::KernelRegularizer<tn::L2<0.1>>>> {};
struct WithL1L2 : tn::Sequential<tn::Input<2>, tn::Dense<3, tn::Softmax, tn::KernelRegularizer<tn::L1<0.01>>, tn::BiasRegularizer<tn::L2<0.2>>>> {};
struct Noisy : tn::Sequential<tn::Input<2>, tn::Dropout<0.5>, tn::Dense<1>> {};

struct Errors : tn::BinaryAccuracy {
  static constexpr auto call(auto y_true, auto y_pred) { return 1 - tn::BinaryAccuracy::call(y_true, y_pred); }
};
struct Same {
  static constexpr auto call(auto y_true, auto y_pred) { return tn::Accuracy::call(y_true, y_pred); }
};
/// Every weight is a random number.
struct Drawn {
  static constexpr auto update(auto w, auto g) { return tn::random_uniform(w, w.shape()) + 0 * g; }
};

template <class Net>
auto classifier() { return tn::compile<Net, tn::Reference>(tn::SGD{.learning_rate = 0.5f}, tn::SparseCategoricalCrossentropy{}, tn::Accuracy{}); }
auto noisy() { return tn::compile<Noisy, tn::Reference>(tn::SGD{}, tn::MeanSquaredError{}); }

xt::xarray<float> array_of(const golden::Tensor& t) {
  xt::xarray<float> a = xt::xarray<float>::from_shape(xt::xarray<float>::shape_type(t.shape.begin(), t.shape.end()));
  std::copy(t.data.begin(), t.data.end(), a.data());
  return a;
}

// Losses and metrics of each epoch, the weights after them, and an evaluation before, as Keras computes them.
template <class Net>
void agrees_with_keras(const std::string& name) {
  INFO(name);
  const golden::Case c = golden::load("fit", name);
  const auto value = [&](const char* key, double otherwise) { return c.values.count(key) ? c.values.at(key)[0] : otherwise; };
  auto model = classifier<Net>();
  model.set_weights({array_of(c.weights[0]), array_of(c.weights[1])});
  const auto x = array_of(c.inputs[0]), y = array_of(c.inputs[1]);
  xt::xarray<float> weights;
  tn::TensorRef sample_weight;
  if (c.inputs.size() > 2) weights = array_of(c.inputs[2]), sample_weight = weights;

  const auto before = model.evaluate(x, y, {.sample_weight = sample_weight, .verbose = 0});
  CHECK(before[0] == Approx(c.values.at("evaluate_before")[0]).epsilon(1e-5));
  CHECK(before[1] == Approx(c.values.at("evaluate_before")[1]).epsilon(1e-5));

  tn::FitOptions options{.batch_size = static_cast<int>(value("batch_size", 0)), .epochs = 2, .shuffle = false, .verbose = 0};
  options.validation_split = value("validation_split", 0);
  options.sample_weight = sample_weight;
  if (c.values.count("class_weight"))  // in Keras a dictionary without the class whose weight stays 1
    for (const int k : {0, 1, 2}) options.class_weight[k] = c.values.at("class_weight")[static_cast<std::size_t>(k)];
  const auto history = model.fit(x, y, options);
  for (const std::string& key : history.keys()) {
    INFO(key);
    for (std::size_t epoch = 0; epoch < 2; ++epoch) CHECK(history[key][epoch] == Approx(c.values.at(key)[epoch]).epsilon(1e-5).margin(1e-6));
  }
  const auto after = model.get_weights();
  for (std::size_t i = 0; i < after.size(); ++i) golden::check_close(after[i], c.outputs[i]);
}

const xt::xtensor<float, 2> x{{0, 1}, {1, 0}, {2, 1}, {1, 3}, {0, 2}};
const xt::xtensor<float, 1> y{1, 2, 3, 4, 5};

}  // namespace

TEST_CASE("fit agrees with Keras, also with a smaller last batch, weights and a validation split", "[model][fit]") {
  for (const char* name : {"a smaller last batch", "one batch", "sample weights", "class weights, one class left out", "validation split"})
    agrees_with_keras<Classes>(name);
}
TEST_CASE("fit adds the penalties of regularizers to the loss, as Keras", "[model][fit]") {
  agrees_with_keras<WithL2>("L2 of the kernel");
  agrees_with_keras<WithL1L2>("L1 of the kernel, L2 of the bias, sample weights");
}

TEST_CASE("fit with a seed is repeatable to the bit", "[model][fit]") {
  const auto run = [](std::uint64_t seed) {
    auto model = noisy();
    const auto history = model.fit(x, y, {.batch_size = 2, .epochs = 3, .verbose = 0, .seed = seed});
    return std::pair(history["loss"], model.weights());
  };
  CHECK(run(7) == run(7));
  CHECK(run(7) != run(8));
}
TEST_CASE("fit without a seed draws one and tells it", "[model][fit]") {
  auto first = noisy();
  const auto history = first.fit(x, y, {.batch_size = 2, .epochs = 2, .verbose = 0});
  auto again = noisy();
  CHECK(again.fit(x, y, {.batch_size = 2, .epochs = 2, .verbose = 0, .seed = history.seed()})["loss"] == history["loss"]);
}
TEST_CASE("fit counts steps over all calls, and epochs from initial_epoch", "[model][fit]") {
  auto model = noisy();
  CHECK(model.fit(x, y, {.epochs = 0, .verbose = 0}).epochs() == 0);
  CHECK(model.fit(x, y, {.batch_size = 2, .epochs = 3, .verbose = 0, .initial_epoch = 1}).epoch() == std::vector{1, 2});
  CHECK(model.iterations() == 6);
  model.fit(x, y, {.batch_size = 5, .verbose = 0});
  CHECK(model.iterations() == 7);
  CHECK(model.history().epochs() == 1);
}
TEST_CASE("validation data are measured after each epoch without being learned", "[model][fit]") {
  auto model = noisy();
  const auto history = model.fit(x, y, {.epochs = 2, .validation_data = {x, y}, .verbose = 0, .seed = 1});
  CHECK(history.keys() == std::vector<std::string>{"loss", "val_loss"});
  CHECK(history["val_loss"].back() == model.evaluate(x, y, {.verbose = 0})[0]);
  auto alone = noisy();
  CHECK(alone.fit(x, y, {.epochs = 2, .verbose = 0, .seed = 1})["loss"] == history["loss"]);
}
TEST_CASE("train_on_batch returns the loss before its step, test_on_batch changes nothing", "[model][fit]") {
  auto model = classifier<Classes>();
  const xt::xtensor<int, 1> labels{0, 1, 2, 0, 1};
  const auto [before, accuracy] = model.test_on_batch(x, labels);
  CHECK(accuracy <= 1);
  CHECK(model.train_on_batch(x, labels)[0] == Approx(before).epsilon(1e-6));
  CHECK(model.test_on_batch(x, labels)[0] < before);
  CHECK(model.iterations() == 1);
}
TEST_CASE("the optimizer's numbers can be changed while training", "[model][fit]") {
  auto model = noisy();
  model.optimizer().learning_rate = 0;
  const std::vector<float> before = model.weights();
  model.fit(x, y, {.verbose = 0});
  CHECK(before == model.weights());
  model.set_learning_rate(0.1f);
  CHECK(model.learning_rate() == 0.1f);
  model.fit(x, y, {.verbose = 0});
  CHECK(before != model.weights());
}
TEST_CASE("a metric that is derived from another reads its own numbers, one without numbers is called as it is", "[model][fit]") {
  const xt::xtensor<float, 2> samples{{1, 2}, {3, 4}}, labels{{1}, {0}};
  for (const float threshold : {-1e9f, 1e9f}) {
    auto model = tn::compile<Noisy, tn::Reference>(tn::SGD{}, tn::MeanSquaredError{}, Errors{{.threshold = threshold}}, tn::BinaryAccuracy{.threshold = threshold}, Same{});
    const auto [loss, errors, accuracy, same] = model.evaluate(samples, labels, {.verbose = 0});
    CHECK(errors == 0.5);  // everything is above, or below: one of two is right
    CHECK(accuracy == 0.5);
    auto ones = tn::compile<Noisy, tn::Reference>(tn::SGD{}, tn::MeanSquaredError{}, Errors{{.threshold = threshold}});
    const xt::xtensor<float, 2> all{{1}, {1}};
    CHECK(ones.evaluate(samples, all, {.verbose = 0})[1] == (threshold < 0 ? 0 : 1));
  }
}

TEST_CASE("an optimizer that draws random numbers gets others in each step, the same for the same seed", "[model][fit]") {
  const xt::xtensor<float, 2> samples{{1, 2}, {3, 4}}, labels{{1}, {2}};
  const auto weights_after = [&](int epochs, std::uint64_t seed) {
    auto model = tn::compile<Noisy, tn::Reference>(Drawn{}, tn::MeanSquaredError{});
    model.fit(samples, labels, {.batch_size = 2, .epochs = epochs, .verbose = 0, .seed = seed});
    return model.get_weights()[0];
  };
  const auto once = weights_after(1, 3);
  CHECK(once(0, 0) != once(1, 0));
  CHECK(weights_after(2, 3)(0, 0) != once(0, 0));
  CHECK(weights_after(1, 4)(0, 0) != once(0, 0));
  CHECK((weights_after(1, 3) == once));
}

TEST_CASE("a model that is moved goes on as before", "[model][fit]") {
  auto model = noisy();
  model.fit(x, y, {.verbose = 0, .seed = 1});
  auto moved = std::move(model);
  const auto loss = moved.evaluate(x, y, {.verbose = 0})[0];
  moved.fit(x, y, {.verbose = 0, .seed = 1});
  CHECK(moved.evaluate(x, y, {.verbose = 0})[0] != loss);
  CHECK(moved.iterations() == 2);
}

TEST_CASE("fit refuses options that make no sense", "[model][fit]") {
  auto model = noisy();
  const auto error = [&](const tn::FitOptions& options) { return error_of([&] { model.fit(x, y, options); }); };
  CHECK(error({.batch_size = 0}) == "fit: batch_size is 0, expected at least 1");
  CHECK(error({.batch_size = -3}) == "fit: batch_size is -3, expected at least 1");
  CHECK(error({.epochs = -1}) == "fit: epochs is -1, expected 0 or more");
  CHECK(error({.validation_split = 1}) == "fit: validation_split is 1.000000, expected 0 or more and less than 1");
  CHECK(error({.validation_split = -.1}) == "fit: validation_split is -0.100000, expected 0 or more and less than 1");
  CHECK(error({.validation_split = .9}) == "fit: validation_split is 0.900000 of 5 samples, expected a part that leaves at least one sample on each side");
  CHECK(error({.initial_epoch = -1}) == "fit: initial_epoch is -1, expected 0 or more");
  CHECK(error({.class_weight = {{0, 2.}}, .sample_weight = y}) == "fit: class_weight and sample_weight are both given, expected one of them");
  CHECK(error_of([&] { model.history()["accuracy"]; }) == "history: 'accuracy' is not among its keys: no epoch was run");
  model.fit(x, y, {.verbose = 0});
  CHECK(error_of([&] { model.history()["accuracy"]; }) == "history: 'accuracy' is not among 'loss'");
}
