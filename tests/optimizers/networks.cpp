// Networks that are trained by optimizers over variables, on the CPU as on the reference.
#include <tenon/tenon.hpp>

#include "../support/catch.hpp"
#include "../support/temporary_folder.hpp"

namespace tn = tenon;

namespace {

struct Net : tn::Sequential<tn::Input<5>, tn::Dense<7, tn::Tanh, tn::KernelConstraint<tn::MaxNorm<1>>>, tn::Dense<3>> {};

const xt::xtensor<float, 2> x = [] {
  xt::xtensor<float, 2> all = xt::zeros<float>({24, 5});
  for (std::size_t i = 0; i < all.size(); ++i) all.data()[i] = static_cast<float>(i * 37 % 53) / 26 - 1;
  return all;
}();
const xt::xtensor<float, 2> y = [] {
  xt::xtensor<float, 2> all = xt::zeros<float>({24, 3});
  for (std::size_t i = 0; i < all.size(); ++i) all.data()[i] = static_cast<float>(i * 29 % 31) / 15 - 1;
  return all;
}();

void check_equal(const std::vector<float>& a, const std::vector<float>& b) {
  REQUIRE(a.size() == b.size());
  for (std::size_t i = 0; i < a.size(); ++i) CHECK(a[i] == Approx(b[i]).epsilon(1e-4).margin(1e-5));
}
const auto lamb = tn::with(tn::Lamb{.learning_rate = tn::CosineDecay{.initial_learning_rate = 0.1, .decay_steps = 20}}, tn::GlobalClipNorm{0.1f}, tn::ExponentialMovingAverage{0.9f},
                           tn::GradientAccumulation{2}, tn::WeightDecay{0.01f});

}  // namespace

TEST_CASE("A network learns by an optimizer with modifiers on the CPU as on the reference", "[optimizers][networks]") {
  auto here = tn::compile<Net>(lamb, tn::MeanSquaredError{});
  auto there = tn::compile<Net, tn::Reference>(lamb, tn::MeanSquaredError{});
  CHECK(here.learning_rate() == 0.1f);
  CHECK_THROWS_WITH(here.set_learning_rate(0.5f), Catch::Contains("it is a schedule"));
  CHECK_THROWS_WITH(here.swap_ema_weights(), Catch::Contains("no moving averages"));
  for (int step = 0; step < 5; ++step) {
    here.train_on_batch(x, y), there.train_on_batch(x, y);
    check_equal(here.weights(), there.weights());
  }
  CHECK(here.learning_rate() == Approx(0.05 * (1 + std::cos(3.14159265358979 * 5 / 20))));  // of the next step

  // The state of training, in the middle of an accumulation, and the averages.
  const support::TemporaryFolder folder;
  here.save_state(folder.path() / "state.safetensors");
  const auto trained = here.weights();
  here.swap_ema_weights();
  CHECK(here.weights() != trained);
  here.swap_ema_weights();
  CHECK(here.weights() == trained);
  auto again = tn::compile<Net>(lamb, tn::MeanSquaredError{});
  again.load_state(folder.path() / "state.safetensors");
  CHECK(again.learning_rate() == here.learning_rate());
  for (int step = 0; step < 4; ++step) here.train_on_batch(x, y), again.train_on_batch(x, y);
  CHECK(again.weights() == here.weights());
  here.swap_ema_weights();
  again.finalize_variable_values();
  CHECK(again.weights() == here.weights());

  // fit ends with the averages.
  auto fitted = tn::compile<Net>(lamb, tn::MeanSquaredError{});
  fitted.fit(x, y, {.batch_size = 12, .epochs = 2, .verbose = 0, .seed = 1});
  const auto averages = fitted.weights();
  fitted.finalize_variable_values();
  CHECK(fitted.weights() == averages);
}

TEST_CASE("A network learns by an optimizer that needs shapes on the CPU as on the reference", "[optimizers][networks]") {
  auto here = tn::compile<Net>(tn::Muon{.learning_rate = 0.1f}, tn::MeanSquaredError{});
  auto there = tn::compile<Net, tn::Reference>(tn::Muon{.learning_rate = 0.1f}, tn::MeanSquaredError{});
  for (int step = 0; step < 5; ++step) here.train_on_batch(x, y), there.train_on_batch(x, y);
  check_equal(here.weights(), there.weights());
}
