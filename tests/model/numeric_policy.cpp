// Models under a numeric policy.
#include <tenon/tenon.hpp>

#include <cmath>
#include <filesystem>

#include "../support/catch.hpp"
#include "../support/temporary_folder.hpp"

namespace tn = tenon;

namespace {

struct Net : tn::Sequential<tn::Input<20>, tn::Dense<33, tn::ReLU>, tn::Dense<31, tn::Tanh>, tn::Dense<5, tn::Softmax>> {};
struct Images : tn::Sequential<tn::Input<12, 12, 2>, tn::Conv2D<5, tn::Kernel<3, 3>, tn::Same>, tn::BatchNormalization, tn::Conv2D<6, tn::Kernel<3, 3>, tn::ReLU>,
                               tn::MaxPooling2D<2, 2>, tn::Flatten, tn::Dense<3, tn::Softmax>> {};
using Mixed = tn::CpuWith<tn::MixedBfloat16>;
using MixedReference = tn::ReferenceWith<tn::MixedBfloat16>;

struct Samples {
  xt::xtensor<float, 2> x{std::array<std::size_t, 2>{37, 20}};
  xt::xtensor<int, 1> y{std::array<std::size_t, 1>{37}};
  Samples() {
    for (std::size_t i = 0; i < 37; ++i) {
      y(i) = static_cast<int>(i % 5);
      for (std::size_t j = 0; j < 20; ++j) x(i, j) = std::sin(1.3f * static_cast<float>(i) + 0.7f * static_cast<float>(j * j) + static_cast<float>(y(i)));
    }
  }
};

template <class Backend>
auto model() {
  return tn::compile<Net, Backend>(tn::SGD{.learning_rate = 0.1f}, tn::SparseCategoricalCrossentropy{});
}
template <class A, class B>
double distance(const A& a, const B& b) {
  double worst = 0;
  for (std::size_t i = 0; i < a.size(); ++i) worst = std::max(worst, std::abs(static_cast<double>(a.data()[i]) - static_cast<double>(b.data()[i])));
  return worst;
}

}  // namespace

TEST_CASE("a step of training under mixed_bfloat16 is the reference's under it", "[model]") {
  const Samples s;
  auto cpu = model<Mixed>();
  auto reference = model<MixedReference>();
  auto plain = model<tn::Reference>();
  for (int step = 0; step < 3; ++step) {
    const double loss = cpu.train_on_batch(s.x, s.y)[0];
    CHECK(std::abs(loss - reference.train_on_batch(s.x, s.y)[0]) < 1e-5);
    CHECK(std::abs(loss - plain.train_on_batch(s.x, s.y)[0]) < 1e-2);
  }
  CHECK(distance(cpu.weights(), reference.weights()) < 1e-4);  // a sum in another order may round an activation the other way: 2^-8 of it
  CHECK(distance(cpu.weights(), plain.weights()) > 1e-4);      // and it is another policy
  CHECK(distance(cpu.weights(), plain.weights()) < 1e-2);
}

TEST_CASE("convolutions under mixed_bfloat16 are the reference's under it, pooled or not", "[model]") {
  xt::xtensor<float, 4> x(std::array<std::size_t, 4>{3, 12, 12, 2});
  xt::xtensor<int, 1> y(std::array<std::size_t, 1>{3});
  for (std::size_t i = 0; i < x.size(); ++i) x.data()[i] = std::sin(0.7f * static_cast<float>(i));
  for (std::size_t i = 0; i < 3; ++i) y(i) = static_cast<int>(i);
  const auto make = [](auto backend) { return tn::compile<Images, typename decltype(backend)::type>(tn::SGD{.learning_rate = 0.1f}, tn::SparseCategoricalCrossentropy{}); };
  auto cpu = make(std::type_identity<Mixed>{});
  auto reference = make(std::type_identity<MixedReference>{});
  for (int step = 0; step < 2; ++step) CHECK(std::abs(cpu.train_on_batch(x, y)[0] - reference.train_on_batch(x, y)[0]) < 1e-5);
  CHECK(distance(cpu.weights(), reference.weights()) < 1e-4);
}

TEST_CASE("a model learns under mixed_bfloat16 what it learns in float32", "[model]") {
  const Samples s;
  const auto trained = [&](auto m) {
    m.fit(s.x, s.y, {.batch_size = 37, .epochs = 600, .verbose = 0, .seed = 1});
    return m.evaluate(s.x, s.y, {.verbose = 0})[0];
  };
  const double mixed = trained(model<Mixed>()), plain = trained(model<tn::Cpu>());
  CHECK(plain < 0.5);  // from 1.6
  CHECK(std::abs(mixed - plain) < 0.05 * plain + 0.01);
}

TEST_CASE("Inference under mixed_bfloat16 keeps weights of two bytes and predicts as the model does", "[model]") {
  const Samples s;
  auto m = model<Mixed>();
  m.train_on_batch(s.x, s.y);
  const auto expected = m.predict(s.x);
  const support::TemporaryFolder folder;
  m.save(folder.path() / "net.safetensors");
  tn::Inference<Net, Mixed> of_model{m}, of_file{folder.path() / "net.safetensors"};
  tn::Inference<Net> plain{m};
  for (std::size_t i = 0; i < 37; ++i) {
    std::array<float, 5> y{}, z{}, w{};
    of_model(&s.x(i, 0), y);
    of_file(&s.x(i, 0), z);
    plain(&s.x(i, 0), w);
    CHECK(y == z);
    for (std::size_t k = 0; k < 5; ++k) {
      CHECK(std::abs(y[k] - expected(i, k)) < 2e-3);
      CHECK(std::abs(y[k] - w[k]) < 2e-2);
    }
  }
  constexpr long weights = 20 * 33 + 33 * 31 + 31 * 5, biases = 33 + 31 + 5;
  CHECK(sizeof of_model < 2 * weights + 4 * biases + 2048);
  CHECK(sizeof plain > 4 * weights);
  CHECK(tn::inference_bytes<Net, Mixed> == sizeof of_model);
}

TEST_CASE("files hold float32 under every policy", "[model]") {
  const support::TemporaryFolder folder;
  auto m = model<Mixed>();
  m.save(folder.path() / "net.safetensors");
  auto plain = tn::load<Net>(folder.path() / "net.safetensors");
  CHECK(distance(plain.weights(), m.weights()) == 0);
}
