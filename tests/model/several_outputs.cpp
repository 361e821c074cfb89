#include <tenon/activations/sigmoid.hpp>
#include <tenon/activations/softmax.hpp>
#include <tenon/activations/tanh.hpp>
#include <tenon/backend/reference.hpp>
#include <tenon/layers/dense.hpp>
#include <tenon/losses/binary_crossentropy.hpp>
#include <tenon/losses/mean_absolute_error.hpp>
#include <tenon/losses/mean_squared_error.hpp>
#include <tenon/losses/sparse_categorical_crossentropy.hpp>
#include <tenon/metrics/accuracy.hpp>
#include <tenon/model/callbacks/early_stopping.hpp>
#include <tenon/model/compile.hpp>
#include <tenon/model/load.hpp>
#include <tenon/optimizers/adam.hpp>
#include <tenon/optimizers/sgd.hpp>
#include <tenon/regularizers/l1_l2.hpp>

#include <limits>

#include "../support/catch.hpp"
#include "../support/error_of.hpp"
#include "../support/golden.hpp"
#include "../support/run_graph.hpp"
#include "../support/temporary_folder.hpp"

namespace tn = tenon;
using support::error_of;

namespace {

// Classes and two numbers from one trunk.
template <class Trunk>
struct Fork {
  Trunk trunk;
  tn::Dense<3, tn::Softmax> classes;
  tn::Dense<2> numbers;
  constexpr auto call(auto in) const {
    const auto h = trunk(in);
    return tn::outputs(classes(h), numbers(h));
  }
};
struct Forked : tn::Graph<Fork<tn::Dense<5, tn::Tanh>>, tn::Input<4>> {};
struct WithL2 : tn::Graph<Fork<tn::Dense<5, tn::Tanh, tn::KernelRegularizer<tn::L2<0.1>>>>, tn::Input<4>> {};

const tn::Losses<tn::SparseCategoricalCrossentropy, tn::MeanSquaredError> both;

template <class Net, class Backend = tn::Reference, class Optimizer = tn::SGD>
auto forked(float a = 1, float b = 1, Optimizer optimizer = {.learning_rate = 0.05f}) {
  return tn::compile<Net, Backend>(optimizer, both.weights(a, b), tn::metrics(tn::Accuracy{}), tn::metrics(tn::MeanAbsoluteError{}));
}

xt::xarray<float> array_of(const golden::Tensor& t) {
  xt::xarray<float> a = xt::xarray<float>::from_shape(xt::xarray<float>::shape_type(t.shape.begin(), t.shape.end()));
  std::copy(t.data.begin(), t.data.end(), a.data());
  return a;
}
template <class Model>
void set_weights(Model& model, const golden::Case& c) {
  std::vector<xt::xarray<float>> weights;
  for (const golden::Tensor& w : c.weights) weights.push_back(array_of(w));
  model.set_weights(weights);
}
template <class Model>
void check_weights(const Model& model, const golden::Case& c) {
  const auto after = model.get_weights();
  for (std::size_t i = 0; i < after.size(); ++i) golden::check_close(after[i], c.outputs[i], 1e-4, 1e-6);
}
float loss_weight(const golden::Case& c, std::size_t k) { return static_cast<float>(c.values.at("loss_weights")[k]); }

// The total and the loss of each output in every step, and the weights after them.
template <class Backend, class Optimizer>
void steps_agree_with_keras(const std::string& name, const Optimizer& optimizer) {
  INFO(name);
  const golden::Case c = golden::load("two_outputs", name);
  auto model = forked<Forked, Backend>(loss_weight(c, 0), loss_weight(c, 1), optimizer);
  set_weights(model, c);
  const auto x = array_of(c.inputs[0]), classes = array_of(c.inputs[1]), numbers = array_of(c.inputs[2]);
  for (std::size_t step = 0; step < 20; ++step) {
    xt::xtensor<float, 2> some = xt::zeros<float>({3, 4}), b = xt::zeros<float>({3, 2});
    xt::xtensor<int, 1> a = xt::zeros<int>({3});
    for (std::size_t i = 0; i < 3; ++i) {
      const std::size_t row = (3 * step + i) % 7;
      for (std::size_t j = 0; j < 4; ++j) some(i, j) = x(row, j);
      for (std::size_t j = 0; j < 2; ++j) b(i, j) = numbers(row, j);
      a(i) = static_cast<int>(classes(row));
    }
    const auto [loss, first, second, accuracy, error] = model.train_on_batch(some, tn::targets(a, b));
    INFO("step " << step);
    CHECK(loss == Approx(c.values.at("loss")[step]).epsilon(1e-4));
    CHECK(first == Approx(c.values.at("dense_1_loss")[step]).epsilon(1e-4));
    CHECK(second == Approx(c.values.at("dense_2_loss")[step]).epsilon(1e-4));
  }
  check_weights(model, c);
}

// An evaluation before training, what each of two epochs measures, and the weights after them.
template <class Net>
void fit_agrees_with_keras(const std::string& name) {
  INFO(name);
  const golden::Case c = golden::load("two_outputs", name);
  auto model = forked<Net>(loss_weight(c, 0), loss_weight(c, 1));
  set_weights(model, c);
  const auto x = array_of(c.inputs[0]), classes = array_of(c.inputs[1]), numbers = array_of(c.inputs[2]);
  xt::xarray<float> weights;
  tn::TensorRef sample_weight;
  if (c.inputs.size() > 3) weights = array_of(c.inputs[3]), sample_weight = weights;

  const auto before = model.evaluate(x, tn::targets(classes, numbers), {.batch_size = 3, .sample_weight = sample_weight, .verbose = 0});
  const char* order[] = {"loss", "dense_1_loss", "dense_2_loss", "dense_1_accuracy", "dense_2_mean_absolute_error"};
  for (std::size_t k = 0; k < 5; ++k) {
    INFO(order[k]);
    CHECK(before[k] == Approx(c.values.at(std::string("before_") + order[k])[0]).epsilon(1e-5));
  }
  tn::FitOptions options{.batch_size = 3, .epochs = 2, .shuffle = false, .verbose = 0, .sample_weight = sample_weight};
  if (c.values.count("validation_split")) options.validation_split = c.values.at("validation_split")[0];
  const auto history = model.fit(x, tn::targets(classes, numbers), options);
  CHECK(history.keys().size() == (c.values.count("validation_split") ? 10 : 5));
  for (const std::string& key : history.keys()) {
    INFO(key);
    for (std::size_t epoch = 0; epoch < 2; ++epoch) CHECK(history[key][epoch] == Approx(c.values.at(key)[epoch]).epsilon(1e-5).margin(1e-6));
  }
  check_weights(model, c);
}

const xt::xtensor<float, 2> x{{1, 2, 0, 1}, {-1, 0, 1, 2}, {0, 1, 1, -1}, {2, 0, -1, 1}, {1, 1, 1, 1}};
const xt::xtensor<int, 1> classes{0, 2, 1, 1, 0};
const xt::xtensor<double, 2> numbers{{0.5, 1}, {-1, 0}, {0, 0.25}, {2, -1}, {1, 1}};

}  // namespace

TEST_CASE("a model with two outputs learns as in Keras, step by step", "[model][outputs]") {
  steps_agree_with_keras<tn::Reference>("20 steps", tn::SGD{.learning_rate = 0.05f});
  steps_agree_with_keras<tn::Cpu>("20 steps", tn::SGD{.learning_rate = 0.05f});
  steps_agree_with_keras<tn::Reference>("20 steps of Adam", tn::Adam{.learning_rate = 0.05f});
}
TEST_CASE("fit and evaluate measure each output as Keras, also in a smaller last batch", "[model][outputs]") {
  fit_agrees_with_keras<Forked>("without loss weights");
  fit_agrees_with_keras<Forked>("loss weights, sample weights, a validation split");
  fit_agrees_with_keras<WithL2>("a penalty of the trunk");
}

TEST_CASE("the gradient of the total is that of finite differences", "[model][outputs]") {
  using Several = std::remove_const_t<decltype(both)>;
  tn::NodeGraph g = tn::Training<WithL2, 0, Several, tn::MetricGroup<tn::Accuracy>, tn::MetricGroup<>>::trace().program.root();
  constexpr long batch = 3;
  tn::Random random(1);
  std::vector<support::Values> arguments;
  for (const tn::Port& p : g.arguments) {
    arguments.push_back(support::random_values(support::count(g, p.node, batch), random));
    if (is_integer(g.nodes[p.node].dtype)) arguments.back() = {0, 2, 1};
    if (p.role == tn::Role::sample_weight) arguments.back() = {0.5, 2, 1};
    if (p.role == tn::Role::hyperparameter) arguments.back() = {std::array{1.5, 3., 0.3, 3.}.at(static_cast<std::size_t>(p.index))};  // weight and number of samples of each loss
  }
  const auto results = support::run(g, arguments, batch);
  const auto total = [&] {
    for (int r = 0; r < g.results.size(); ++r)
      if (g.results[r].role == tn::Role::loss && g.results[r].index == 0) return support::run(g, arguments, batch)[static_cast<std::size_t>(r)][0];
    return 0.0;
  };
  int checked = 0;
  for (int r = 0; r < g.results.size(); ++r)
    for (int a = 0; a < g.arguments.size(); ++a) {
      if (g.results[r].role != tn::Role::gradient || g.arguments[a].role != tn::Role::weight || g.results[r].index != g.arguments[a].index) continue;
      support::Values& weight = arguments[static_cast<std::size_t>(a)];
      for (std::size_t i = 0; i < weight.size(); ++i, ++checked) {
        const double at = weight[i], h = 1e-5;
        const double above = (weight[i] = at + h, total()), below = (weight[i] = at - h, total());
        weight[i] = at;
        CHECK(results[static_cast<std::size_t>(r)][i] == Approx((above - below) / (2 * h)).epsilon(1e-6).margin(1e-8));
      }
    }
  CHECK(checked == 4 * 5 + 5 + 5 * 3 + 3 + 5 * 2 + 2);
}

TEST_CASE("the total is the weighted sum of the losses of the outputs", "[model][outputs]") {
  auto model = forked<Forked>(2, 0.5f);
  const auto [loss, first, second, accuracy, error] = model.test_on_batch(x, tn::targets(classes, numbers));
  CHECK(loss == Approx(2 * first + 0.5 * second).epsilon(1e-6));
  auto plain = tn::compile<Forked, tn::Reference>(tn::SGD{}, both);
  static_assert(std::tuple_size_v<decltype(plain)::Scores> == 3);
  CHECK(plain.evaluate(x, tn::targets(classes, numbers), {.batch_size = 2, .verbose = 0})[0] == Approx(first + second).epsilon(1e-6));
  CHECK(plain.evaluate(x, tn::targets(classes, numbers), {.verbose = 0})[2] == Approx(second).epsilon(1e-6));
}
TEST_CASE("an output whose loss has the weight 0 is not learned", "[model][outputs]") {
  auto model = forked<Forked>(1, 0);
  const auto before = model.get_weights();
  model.train_on_batch(x, tn::targets(classes, numbers));
  const auto after = model.get_weights();
  CHECK((after[2] != before[2]));
  CHECK((after[4] == before[4]));
}
TEST_CASE("callbacks see the losses and metrics of each output by name", "[model][outputs]") {
  struct Names {
    std::string epoch, batch;
    void on_epoch_end(tn::TrainableModel&, int, const tn::Logs& logs) { epoch = logs.names(); }
    void on_train_batch_end(tn::TrainableModel&, int, const tn::Logs& logs) { batch = logs.names(); }
  } names;
  auto model = forked<Forked>();
  tn::EarlyStopping stop{.monitor = "val_dense_2_loss", .mode = tn::Mode::max};  // which falls
  const auto history = model.fit(x, tn::targets(classes, numbers), {.epochs = 9, .validation_data = {x, tn::targets(classes, numbers)}, .callbacks = {&names, stop}, .verbose = 0});
  const std::string of_batch = "'dense_1_accuracy', 'dense_1_loss', 'dense_2_loss', 'dense_2_mean_absolute_error', 'loss'";
  CHECK(names.batch == of_batch);
  CHECK(names.epoch == of_batch + ", 'val_dense_1_accuracy', 'val_dense_1_loss', 'val_dense_2_loss', 'val_dense_2_mean_absolute_error', 'val_loss'");
  CHECK(history.epochs() == 2);
  CHECK(history["val_dense_2_loss"].back() == model.evaluate(x, tn::targets(classes, numbers), {.verbose = 0})[2]);
}

namespace {

struct Digit : tn::Dense<3, tn::Softmax> {};
struct Oddities {
  tn::Dense<2> shared;
  Digit digit;
  constexpr auto call(auto in) const { return tn::outputs(shared(in), shared(2 * in), tn::apply(digit, in), in); }
};
struct Odd : tn::Graph<Oddities, tn::Input<2>> {};

}  // namespace

TEST_CASE("outputs are named after their layer, or numbered where it made another, too", "[model][outputs]") {
  using Mse = tn::MeanSquaredError;
  auto model = tn::compile<Odd, tn::Reference>(tn::SGD{}, tn::losses(Mse{}, Mse{}, tn::SparseCategoricalCrossentropy{}, Mse{}), tn::metrics(Mse{}, Mse{}), tn::metrics(), tn::metrics(tn::Accuracy{}), tn::metrics());
  const xt::xtensor<float, 2> two{{1, 2}};
  const auto history = model.fit(two, tn::targets(two, two, xt::xtensor<int, 1>{1}, two), {.verbose = 0});
  CHECK(history.keys() == std::vector<std::string>{"digit_accuracy", "digit_loss", "loss", "output_0_loss", "output_0_mean_squared_error",
                                                   "output_0_mean_squared_error_1", "output_1_loss", "output_3_loss"});
  CHECK(history["output_3_loss"].back() == 0);
}

TEST_CASE("targets are refused by their index", "[model][outputs]") {
  auto model = forked<Forked>();
  const auto error = [&](const tn::Tensors& y, const tn::FitOptions& options = {}) { return error_of([&] { model.fit(x, y, options); }); };
  CHECK(error(classes) == "fit: y is 1 tensors, expected 2, one for each output of the model; join them with tn::targets");
  CHECK(error(tn::targets(numbers, classes)) == "fit: target 0 of y has the shape (5, 2), expected (N,), N samples");
  CHECK(error(tn::targets(classes, classes)) == "fit: target 1 of y has the shape (5,), expected (N, 2), N samples");
  CHECK(error(tn::targets(xt::xtensor<int, 1>{0, 1}, numbers)) == "fit: target 0 of y has 2 samples, expected 5 as x has");
  CHECK(error(tn::targets(classes, xt::xtensor<float, 2>{{1, 2}})) == "fit: target 1 of y has 1 samples, expected 5 as x has");
  CHECK(error(tn::targets(xt::xtensor<int, 1>{0, 1, 2, 3, 0}, numbers)) == "fit: target 0 of y(3) is 3, expected a whole number from 0 to 2, the model's classes");
  auto broken = numbers;
  broken(4, 1) = std::numeric_limits<double>::quiet_NaN();
  CHECK(error(tn::targets(classes, broken)) == "fit: target 1 of y(4, 1) is NaN, expected a finite number");
  CHECK(error(tn::targets(classes, numbers), {.validation_data = {x, classes}}) == "fit: validation_data: y is 1 tensors, expected 2, one for each output of the model; join them with tn::targets");
  CHECK(error(tn::targets(classes, numbers), {.class_weight = {{0, 2.}}}) == "fit: class_weight is given, but the model has 2 outputs, expected sample_weight: only one output has classes to weigh");
  CHECK(error_of([&] { model.train_on_batch(x, classes); }) == "train_on_batch: y is 1 tensors, expected 2, one for each output of the model; join them with tn::targets");
  CHECK(error_of([&] { model.test_on_batch(x, tn::targets(classes, broken)); }) == "test_on_batch: target 1 of y(4, 1) is NaN, expected a finite number");
}

namespace {

struct Line : tn::Sequential<tn::Input<4>, tn::Dense<2>> {};
struct Scores {
  tn::Dense<3> a;
  tn::Dense<1> b;
  tn::Dense<1, tn::Sigmoid> c;
  constexpr auto call(auto in) const { return tn::outputs(a(in), b(in), c(in)); }
};
struct Scored : tn::Graph<Scores, tn::Input<4>> {};

}  // namespace

TEST_CASE("losses of one output are that loss, with its weight", "[model][outputs]") {
  auto plain = tn::compile<Line, tn::Reference>(tn::SGD{}, tn::MeanSquaredError{}, tn::MeanAbsoluteError{});
  auto listed = tn::compile<Line, tn::Reference>(tn::SGD{}, tn::losses(tn::MeanSquaredError{}), tn::MeanAbsoluteError{});
  auto grouped = tn::compile<Line, tn::Reference>(tn::SGD{}, tn::MeanSquaredError{}, tn::metrics(tn::MeanAbsoluteError{}));
  auto halved = tn::compile<Line, tn::Reference>(tn::SGD{}, tn::losses(tn::MeanSquaredError{}).weights(0.5), tn::metrics(tn::MeanAbsoluteError{}));
  const auto expected = plain.train_on_batch(x, numbers);
  CHECK(listed.train_on_batch(x, numbers) == expected);
  CHECK(grouped.train_on_batch(x, tn::targets(numbers)) == expected);
  const auto half = halved.train_on_batch(x, numbers);
  CHECK(half[0] == Approx(expected[0] / 2));
  CHECK(half[1] == expected[1]);
  CHECK(listed.fit(x, numbers, {.verbose = 0}).keys() == std::vector<std::string>{"loss", "mean_absolute_error"});
  CHECK(error_of([&] { plain.fit(x, tn::targets(numbers, numbers)); }) == "fit: y is 2 tensors, expected 1, one for each output of the model");
}
TEST_CASE("each loss takes scores as scores and probabilities as probabilities", "[model][outputs]") {
  const xt::xtensor<float, 1> yes{1, 0, 1, 1, 0};
  const auto losses = [&](bool a, bool b) {
    auto model = tn::compile<Scored, tn::Reference>(tn::SGD{}, tn::losses(tn::SparseCategoricalCrossentropy{.from_logits = a}, tn::BinaryCrossentropy{.from_logits = b}, tn::BinaryCrossentropy{}));
    return model.test_on_batch(x, tn::targets(classes, yes, yes));
  };
  const auto neither = losses(false, false), first = losses(true, false), second = losses(false, true), all = losses(true, true);
  CHECK(first[1] != neither[1]);
  CHECK(first[2] == neither[2]);
  CHECK(second[1] == neither[1]);
  CHECK(second[2] != neither[2]);
  CHECK(all[1] == first[1]);
  CHECK(all[2] == second[2]);
  CHECK(all[3] == neither[3]);
  CHECK(error_of([] { tn::compile<Scored, tn::Reference>(tn::SGD{}, tn::losses(tn::MeanSquaredError{}, tn::MeanSquaredError{}, tn::BinaryCrossentropy{.from_logits = true})); }) ==
        "compile: from_logits is true, but output 2 of the model ends in a Softmax or Sigmoid: its output is probabilities, not scores; leave one of the two out");
}
TEST_CASE("a metric of an output reads its own numbers", "[model][outputs]") {
  const auto accuracies = [](float a, float b) {
    auto model = tn::compile<Scored, tn::Reference>(tn::SGD{}, tn::losses(tn::SparseCategoricalCrossentropy{.from_logits = true}, tn::BinaryCrossentropy{.from_logits = true}, tn::BinaryCrossentropy{}),
                                                    tn::metrics(tn::Accuracy{}), tn::metrics(tn::BinaryAccuracy{.threshold = a}), tn::metrics(tn::BinaryAccuracy{.threshold = b}));
    const auto scores = model.test_on_batch(x, tn::targets(classes, xt::ones<float>({5}), xt::ones<float>({5})));
    return std::pair(scores[5], scores[6]);
  };
  CHECK(accuracies(-100, 2) == std::pair(1., 0.));
  CHECK(accuracies(100, -1) == std::pair(0., 1.));
}

TEST_CASE("a model with two outputs is saved, loaded and moved as any other", "[model][outputs]") {
  const support::TemporaryFolder folder;
  auto model = forked<Forked>();
  model.fit(x, tn::targets(classes, numbers), {.verbose = 0});
  model.save(folder.path() / "forked.safetensors");
  auto again = tn::load<Forked, tn::Reference>(folder.path() / "forked.safetensors");
  const auto [a, b] = model.predict(x);
  const auto [same_a, same_b] = again.predict(x);
  CHECK((a == same_a));
  CHECK((b == same_b));
  auto moved = std::move(model);
  const auto before = moved.train_on_batch(x, tn::targets(classes, numbers));
  CHECK(moved.train_on_batch(x, tn::targets(classes, numbers))[0] < before[0]);
}
