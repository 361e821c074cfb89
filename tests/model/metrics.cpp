#include <tenon/tenon.hpp>

#include "../support/catch.hpp"
#include "../support/error_of.hpp"

namespace tn = tenon;

namespace {

struct Net : tn::Sequential<tn::Input<4>, tn::Dense<3, tn::Sigmoid>> {};
struct Both {
  tn::Dense<3, tn::Sigmoid> a;
  tn::Dense<2> b;
  constexpr auto call(auto x) const { return tn::outputs(a(x), b(x)); }
};
struct Several : tn::Graph<Both, tn::Input<4>> {};
struct Pixels : tn::Sequential<tn::Input<2, 3>, tn::Dense<4>> {};

xt::xtensor<float, 2> samples(std::size_t rows, std::size_t columns, std::uint64_t seed) {
  auto x = xt::xtensor<float, 2>::from_shape({rows, columns});
  tn::Random random(seed);
  for (float& v : x) v = 4 * random.uniform() - 2;
  return x;
}
xt::xtensor<float, 2> yes_or_no(std::size_t rows, std::size_t columns, std::uint64_t seed) {
  xt::xtensor<float, 2> y = samples(rows, columns, seed);
  for (float& v : y) v = v > 0 ? 1.f : 0.f;
  return y;
}

template <class Backend>
auto classifier() {
  return tn::compile<Net, Backend>(tn::SGD{.learning_rate = 0.5f}, tn::BinaryCrossentropy{.label_smoothing = 0.1f}, tn::Precision{.thresholds = 0.6f}, tn::Recall{.class_id = 1},
                                   tn::AUC{}, tn::AUC{.curve = tn::Curve::PR}, tn::F1Score{.average = tn::ClassAverage::weighted}, tn::RecallAtPrecision{.precision = 0.7f},
                                   tn::TruePositives{}, tn::BinaryIoU{}, tn::CosineSimilarity{}, tn::Accuracy{});
}

}  // namespace

TEST_CASE("metrics that are no means are measured by evaluate in batches of any size, on the CPU as on the reference", "[model][metrics]") {
  const auto x = samples(23, 4, 1), y = yes_or_no(23, 3, 2);
  auto model = classifier<tn::Cpu>();
  auto reference = classifier<tn::Reference>();
  const auto all = model.evaluate(x, y, {.batch_size = 23, .verbose = 0}), right = reference.evaluate(x, y, {.batch_size = 5, .verbose = 0});
  for (const int size : {1, 7, 23}) {
    const auto scores = model.evaluate(x, y, {.batch_size = size, .verbose = 0});
    for (std::size_t i = 0; i < scores.size(); ++i) {
      INFO("score " << i << ", batches of " << size);
      CHECK(scores[i] == Approx(all[i]).epsilon(1e-5));
      CHECK(scores[i] == Approx(right[i]).epsilon(1e-5));
    }
  }
  const auto p = model.predict(x);
  double found = 0, correct = 0, there = 0, recalled = 0, positives = 0;
  for (std::size_t i = 0; i < 23; ++i)
    for (std::size_t k = 0; k < 3; ++k) {
      found += p(i, k) > 0.6f, correct += p(i, k) > 0.6f && y(i, k) == 1, positives += p(i, k) > 0.5f && y(i, k) == 1;
      if (k == 1) there += y(i, k), recalled += p(i, k) > 0.5f && y(i, k) == 1;
    }
  CHECK(all[1] == Approx(correct / found));
  CHECK(all[2] == Approx(recalled / there));
  CHECK(all[7] == positives);
  const auto one = model.test_on_batch(x, y);
  for (std::size_t i = 0; i < one.size(); ++i) CHECK(one[i] == Approx(all[i]).epsilon(1e-6));
}

TEST_CASE("fit starts such metrics anew in each epoch, and names them as Keras does", "[model][metrics]") {
  const auto x = samples(23, 4, 1), y = yes_or_no(23, 3, 2);
  auto model = classifier<tn::Reference>();
  const auto history = model.fit(x, y, {.batch_size = 23, .epochs = 3, .validation_data = {x, y}, .verbose = 0, .seed = 1});
  CHECK(history.keys() == std::vector<std::string>{"accuracy", "auc", "auc_1", "binary_io_u", "cosine_similarity", "f1_score", "loss", "precision", "recall", "recall_at_precision",
                                                   "true_positives", "val_accuracy", "val_auc", "val_auc_1", "val_binary_io_u", "val_cosine_similarity", "val_f1_score", "val_loss",
                                                   "val_precision", "val_recall", "val_recall_at_precision", "val_true_positives"});
  for (const char* name : {"precision", "auc", "true_positives", "f1_score"})  // a step measures what the validation before it did
    for (std::size_t epoch = 1; epoch < 3; ++epoch) CHECK(history[name][epoch] == Approx(history["val_" + std::string(name)][epoch - 1]).epsilon(1e-6));
}

TEST_CASE("the metrics of several outputs have sums of their own", "[model][metrics]") {
  const auto x = samples(9, 4, 1), y = yes_or_no(9, 3, 2), z = samples(9, 2, 3);
  auto model = tn::compile<Several, tn::Reference>(tn::SGD{}, tn::losses(tn::BinaryCrossentropy{}, tn::MeanSquaredError{.reduction = tn::Reduction::sum}),
                                                   tn::metrics(tn::AUC{}, tn::Accuracy{}), tn::metrics(tn::RootMeanSquaredError{}, tn::R2Score{}));
  const auto [loss, first, second, auc, accuracy, root, r2] = model.evaluate(x, tn::targets(y, z), {.batch_size = 9, .verbose = 0});
  CHECK(loss == Approx(first + second));
  CHECK(second == Approx(9 * root * root).epsilon(1e-5));
  CHECK((auc > 0 && auc < 1 && accuracy >= 0 && accuracy <= 1 && r2 < 1));
}

TEST_CASE("a reduction is read before each step", "[model][losses]") {
  const auto x = samples(7, 4, 1), y = samples(7, 3, 2);
  struct Linear : tn::Sequential<tn::Input<4>, tn::Dense<3>> {};
  const xt::xtensor<float, 1> weights{1, 0, 2, 0.5f, 3, 1, 1.5f};
  const auto loss = [&](tn::Reduction reduction, int batch_size) {
    auto model = tn::compile<Linear, tn::Reference>(tn::SGD{}, tn::MeanAbsoluteError{.reduction = reduction});
    return model.evaluate(x, y, {.batch_size = batch_size, .sample_weight = weights, .verbose = 0})[0];
  };
  auto model = tn::compile<Linear, tn::Reference>(tn::SGD{}, tn::MeanAbsoluteError{});
  const auto p = model.predict(x);
  std::array<double, 7> values{};
  for (std::size_t i = 0; i < 7; ++i)
    for (std::size_t k = 0; k < 3; ++k) values[i] += static_cast<double>(std::fabs(p(i, k) - y(i, k)) * weights(i)) / 3;
  const auto sum = [&](std::size_t from, std::size_t to) { double s = 0; for (; from < to; ++from) s += values[from]; return s; };
  CHECK(loss(tn::Reduction::mean, 7) == Approx(sum(0, 7) / 7).epsilon(1e-6));
  CHECK(loss(tn::Reduction::sum, 7) == Approx(sum(0, 7)).epsilon(1e-6));
  CHECK(loss(tn::Reduction::mean_with_sample_weight, 7) == Approx(sum(0, 7) / 9).epsilon(1e-6));
  CHECK(loss(tn::Reduction::sum, 4) == Approx((4 * sum(0, 4) + 3 * sum(4, 7)) / 7).epsilon(1e-6));  // Keras weighs the loss of a batch by its samples
  CHECK(loss(tn::Reduction::mean_with_sample_weight, 4) == Approx((4 * sum(0, 4) / 3.5 + 3 * sum(4, 7) / 5.5) / 7).epsilon(1e-6));
}

TEST_CASE("a label that is ignored may be no class", "[model][losses]") {
  const auto x = xt::xtensor<float, 3>(xt::ones<float>({2, 2, 3}));
  xt::xtensor<int, 2> y{{0, 3}, {255, 1}};
  auto model = tn::compile<Pixels, tn::Reference>(tn::SGD{}, tn::SparseCategoricalCrossentropyWith<tn::IgnoreClass<255>>{.from_logits = true});
  CHECK(model.evaluate(x, y, {.verbose = 0})[0] > 0);
  y(0, 0) = 254;
  CHECK_THROWS_WITH(model.evaluate(x, y, {.verbose = 0}), Catch::Contains("y(0, 0) is 254, expected a whole number from 0 to 3"));
}

TEST_CASE("compile refuses numbers that make no sense", "[model][metrics]") {
  const auto refusal = [](const auto& loss, const auto&... metrics) {
    return support::error_of([&] { tn::compile<Net, tn::Reference>(tn::SGD{}, loss, metrics...); });
  };
  CHECK(refusal(tn::BinaryCrossentropy{.label_smoothing = 2}) == "compile: label_smoothing of BinaryCrossentropy is 2, expected 0 to 1");
  CHECK(refusal(tn::MeanSquaredError{}, tn::Precision{.thresholds = 1.5f}) == "compile: thresholds of Precision is 1.5, expected 0 to 1");
  CHECK(refusal(tn::MeanSquaredError{}, tn::Recall{.class_id = 3}) == "compile: class_id of Recall is 3, expected -1, for all, or a position along the last axis of the output");
}
