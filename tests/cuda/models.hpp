// Models on the GPU backend train, predict and are saved as on the CPU. Whoever includes this has said what Gpu is, a
// template of a numeric policy.
#pragma once

#include <tenon/tenon.hpp>

#include <xtensor/xview.hpp>

#include "../support/catch.hpp"
#include "../support/temporary_folder.hpp"

namespace tn = tenon;

namespace {

struct Images : tn::Sequential<tn::Input<9, 9, 2>, tn::Conv2D<6, tn::Kernel<3, 3>, tn::ReLU>, tn::MaxPooling2D<>, tn::Conv2D<5, tn::Kernel<3, 3>, tn::Same>,
                               tn::BatchNormalization, tn::ReLU, tn::MaxPooling2D<>, tn::Flatten, tn::Dropout<0.2>, tn::Dense<4>> {};
struct Odds : tn::Sequential<tn::Input<5>, tn::Dense<2, tn::Sigmoid>> {};
struct Numbers : tn::Sequential<tn::Input<5>, tn::Dense<7, tn::GELU>, tn::Dense<3, tn::Sigmoid>, tn::Dense<1>> {};
/// Layers, an optimizer and metrics of many kinds.
struct Sequences : tn::Sequential<tn::Input<16, 3>, tn::Conv1D<8, tn::Kernel<3>, tn::Same, tn::Mish>, tn::LayerNormalization, tn::MaxPooling1D<2>, tn::GaussianNoise<0.1>,
                                  tn::SeparableConv1D<8, tn::Kernel<3>>, tn::Frozen<tn::Dense<8>>, tn::GlobalAveragePooling1D,
                                  tn::Dense<1, tn::Sigmoid, tn::KernelConstraint<tn::MaxNorm<0.5>>>> {};

const auto images = [] {
  xt::xtensor<std::uint8_t, 4> x = xt::zeros<std::uint8_t>({70, 9, 9, 2});
  for (std::size_t i = 0; i < x.size(); ++i) x.data()[i] = static_cast<std::uint8_t>(i * i % 251 % 7);
  return x;
}();
const auto labels = [] {
  xt::xtensor<int, 1> y = xt::zeros<int>({70});
  for (std::size_t i = 0; i < y.size(); ++i) y(i) = static_cast<int>(i % 4);
  return y;
}();
const auto points = [] {
  xt::xtensor<double, 2> x = xt::zeros<double>({50, 5});
  for (std::size_t i = 0; i < x.size(); ++i) x.data()[i] = static_cast<double>(i * 29 % 50) / 25 - 1;
  return x;
}();
const xt::xtensor<double, 2> values = xt::view(points, xt::all(), xt::range(0, 1)) * 2 - 0.5;

template <class Backend>
auto classifier() {
  return tn::compile<Images, Backend>(tn::Adam{.learning_rate = 0.01f}, tn::SparseCategoricalCrossentropy{.from_logits = true}, tn::Accuracy{});
}
/// The difference of two lists of numbers, relative to the larger of 1 and the number.
double distance(const auto& a, const auto& b) {
  REQUIRE(a.size() == b.size());
  double worst = 0;
  auto j = b.begin();
  for (auto i = a.begin(); i != a.end(); ++i, ++j) worst = std::max(worst, std::abs(static_cast<double>(*i - *j)) / std::max(1.0, std::abs(static_cast<double>(*j))));
  return worst;
}

}  // namespace

TEST_CASE("a convolutional network trains on a GPU as on the CPU", "[cuda]") {
  auto here = classifier<tn::Reference>();
  auto there = classifier<Gpu<tn::Float32>>();
  const auto train = [](auto& model) {
    return model.fit(images, labels, {.batch_size = 16, .epochs = 4, .validation_split = 0.2, .verbose = 0, .seed = 3});
  };
  const tn::History a = train(here), b = train(there);
  for (const std::string& key : a.keys()) {
    INFO(key);
    CHECK(distance(b[key], a[key]) < 2e-3);
  }
  CHECK(distance(there.predict(images, {.batch_size = 33}), here.predict(images)) < 2e-2);
  CHECK(a["loss"].back() < a["loss"].front());
}

TEST_CASE("layers, optimizers and metrics of many kinds are on a GPU what they are on the CPU", "[cuda]") {
  xt::xtensor<float, 3> x = xt::zeros<float>({50, 16, 3});
  xt::xtensor<float, 2> y = xt::zeros<float>({50, 1});
  for (std::size_t i = 0; i < x.size(); ++i) x.data()[i] = static_cast<float>(i * i % 83) / 41 - 1;
  for (std::size_t i = 0; i < y.size(); ++i) y(i, 0) = static_cast<float>(i % 3 == 0);
  const auto trained = [&]<class Backend>(std::type_identity<Backend>) {
    auto model = tn::compile<Sequences, Backend>(
        tn::with(tn::AdamW{.learning_rate = tn::CosineDecay{.initial_learning_rate = 0.01, .decay_steps = 20}}, tn::ClipNorm{0.5f}, tn::GradientAccumulation{2}),
        tn::BinaryFocalCrossentropy{}, tn::AUC{}, tn::Precision{});
    const tn::History history = model.fit(x, y, {.batch_size = 8, .epochs = 4, .verbose = 0, .seed = 9});
    return std::pair(history, model.weights());
  };
  const auto [a, expected] = trained(std::type_identity<tn::Reference>{});
  const auto [b, weights] = trained(std::type_identity<Gpu<tn::Float32>>{});
  for (const std::string& key : a.keys()) {
    INFO(key);
    CHECK(distance(b[key], a[key]) < 2e-3);
  }
  CHECK(distance(weights, expected) < 1e-3);
}

TEST_CASE("single numbers of a recorded step are read anew in each", "[cuda]") {
  auto model = tn::compile<Numbers, Gpu<tn::Float32>>(tn::SGD{.learning_rate = 0.1f, .momentum = 0.5f}, tn::MeanSquaredError{});
  auto other = tn::compile<Numbers>(tn::SGD{.learning_rate = 0.1f, .momentum = 0.5f}, tn::MeanSquaredError{});
  for (int step = 0; step < 6; ++step) {
    const float rate = step % 2 == 0 ? 0.1f : 0.02f;
    model.set_learning_rate(rate), other.set_learning_rate(rate);
    model.train_on_batch(points, values), other.train_on_batch(points, values);
    CHECK(distance(model.weights(), other.weights()) < 1e-5);
  }
}

TEST_CASE("an optimizer with a program for each variable trains on a GPU as on the reference", "[cuda]") {
  const auto optimizer = tn::with(tn::Lamb{.learning_rate = 0.1f}, tn::GlobalClipNorm{0.5f}, tn::ExponentialMovingAverage{0.9f}, tn::GradientAccumulation{2});
  auto model = tn::compile<Numbers, Gpu<tn::Float32>>(optimizer, tn::MeanSquaredError{});
  auto other = tn::compile<Numbers, tn::Reference>(optimizer, tn::MeanSquaredError{});
  for (int step = 0; step < 9; ++step) {  // the two kinds of steps are recorded, and replayed
    model.train_on_batch(points, values), other.train_on_batch(points, values);
    CHECK(distance(model.weights(), other.weights()) < 1e-4);
  }
  model.swap_ema_weights(), other.swap_ema_weights();
  CHECK(distance(model.weights(), other.weights()) < 1e-4);
}

TEST_CASE("the sums of metrics are kept on a GPU, and what a loss is divided by is read anew in each step", "[cuda]") {
  const auto measured = []<class Backend>(std::type_identity<Backend>) {
    auto model = tn::compile<Odds, Backend>(tn::SGD{}, tn::BinaryCrossentropy{.reduction = tn::Reduction::mean_with_sample_weight}, tn::AUC{}, tn::Precision{}, tn::F1Score{});
    const xt::xtensor<double, 2> yes = xt::view(points, xt::all(), xt::range(0, 2)) > 0.1;
    const xt::xtensor<double, 1> weights = 0.5 + xt::arange<double>(50) / 10;
    return model.fit(points, yes, {.batch_size = 8, .epochs = 3, .validation_data = {points, yes}, .verbose = 0, .seed = 1, .sample_weight = weights});
  };
  const tn::History there = measured(std::type_identity<Gpu<tn::Float32>>{}), here = measured(std::type_identity<tn::Reference>{});
  REQUIRE(there.keys().size() == 8);
  for (const std::string& key : here.keys()) {
    INFO(key);
    CHECK(distance(there[key], here[key]) < 1e-4);
  }
}

TEST_CASE("what was trained on a GPU is loaded on the CPU", "[cuda]") {
  const support::TemporaryFolder folder;
  auto model = classifier<Gpu<tn::Float32>>();
  model.fit(images, labels, {.batch_size = 32, .epochs = 1, .verbose = 0});
  model.save(folder.path() / "model.safetensors");
  auto loaded = tn::load<Images>(folder.path() / "model.safetensors");
  CHECK(distance(loaded.predict(images), model.predict(images)) < 1e-4);
  auto back = tn::load<Images, Gpu<tn::Float32>>(folder.path() / "model.safetensors");
  CHECK(distance(back.predict(images), model.predict(images)) == 0);
}

TEST_CASE("training on a GPU goes on from a file in the midst of an epoch", "[cuda]") {
  const support::TemporaryFolder folder;
  auto interrupted = classifier<Gpu<tn::Float32>>(), resumed = classifier<Gpu<tn::Float32>>(), undisturbed = classifier<Gpu<tn::Float32>>();
  const auto fit = [&](auto& model, long interrupt) {
    const tn::LambdaCallback end{.on_train_batch_begin = [=](tn::TrainableModel& m, int) { if (m.iterations() == interrupt) throw std::runtime_error("interrupted"); }};
    return model.fit(images, labels, {.batch_size = 16, .epochs = 3, .callbacks = {tn::BackupAndRestore{.backup_dir = folder.path() / "backup", .save_freq = 2}, end}, .verbose = 0, .seed = 3});
  };
  CHECK_THROWS(fit(interrupted, 8));
  const auto a = fit(resumed, -1);
  const auto b = fit(undisturbed, -1);
  CHECK(distance(resumed.weights(), undisturbed.weights()) < 1e-5);
  for (const std::string& key : b.keys()) CHECK(distance(a[key], b[key]) < 1e-5);
}

TEST_CASE("mixed precision on a GPU is that of the reference", "[cuda]") {
  const auto trained = []<class Backend>(std::type_identity<Backend>) {
    auto model = tn::compile<Images, Backend>(tn::SGD{.learning_rate = 0.05f}, tn::SparseCategoricalCrossentropy{.from_logits = true});
    model.fit(images, labels, {.batch_size = 70, .epochs = 3, .verbose = 0, .seed = 3});
    return model.weights();
  };
  const auto expected = trained(std::type_identity<tn::ReferenceWith<tn::MixedBfloat16>>{});
  CHECK(distance(trained(std::type_identity<Gpu<tn::MixedBfloat16>>{}), expected) < 3e-3);
  CHECK(distance(trained(std::type_identity<tn::Reference>{}), expected) > 0);
}

TEST_CASE("Inference on a GPU gives what predict gives", "[cuda]") {
  auto model = classifier<Gpu<tn::Float32>>();
  model.fit(images, labels, {.batch_size = 32, .epochs = 1, .verbose = 0});
  const xt::xtensor<float, 2> expected = model.predict(images);
  tn::Inference<Images, Gpu<tn::Float32>> net{model};
  std::array<float, 162> frame{};
  std::array<float, 4> scores{};
  for (std::size_t i = 0; i < 5; ++i) {
    std::copy_n(images.data() + i * frame.size(), frame.size(), frame.begin());
    net(frame, scores);
    CHECK(distance(scores, std::vector<float>(expected.data() + 4 * i, expected.data() + 4 * i + 4)) < 1e-5);
  }
}

TEST_CASE("a device's memory is what was planned, and a step takes none", "[cuda]") {
  using Memory = Gpu<tn::Float32>::Device::Memory;
  constexpr long batch = 14, numbers = 9 * 9 * 2;
  const std::size_t before = Memory::bytes;
  auto model = classifier<Gpu<tn::Float32>>();
  const auto allocations_of = [&](int epochs) {
    const std::size_t until_now = Memory::allocations;
    model.fit(images, labels, {.batch_size = batch, .epochs = epochs, .verbose = 0});
    return Memory::allocations - until_now;
  };
  allocations_of(1);
  const std::size_t taken = Memory::bytes - before;
  CHECK(allocations_of(1) == allocations_of(4));
  CHECK(Memory::bytes - before == taken);

  constexpr long planned = tn::training_bytes<Images, batch, tn::Adam, tn::SparseCategoricalCrossentropy, Gpu<tn::Float32>>;
  const long samples = 70 * (numbers + 4 + 3 * 8) + batch * (numbers + 1 + 1) * 4;  // as they are, their order for each of three tensors, and a batch as float
  const auto given = static_cast<long>(taken);
  CHECK(given >= planned);
  CHECK(given <= planned + samples + 40'000);  // single numbers, and parts of sums
}
