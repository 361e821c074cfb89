// What every optimizer can do.
#include <tenon/optimizers/adam.hpp>
#include <tenon/optimizers/lamb.hpp>
#include <tenon/optimizers/modifiers/clip_norm.hpp>
#include <tenon/optimizers/modifiers/clip_value.hpp>
#include <tenon/optimizers/modifiers/exponential_moving_average.hpp>
#include <tenon/optimizers/modifiers/global_clip_norm.hpp>
#include <tenon/optimizers/modifiers/gradient_accumulation.hpp>
#include <tenon/optimizers/modifiers/weight_decay.hpp>
#include <tenon/optimizers/muon.hpp>
#include <tenon/optimizers/nadam.hpp>
#include <tenon/optimizers/schedules/cosine_decay.hpp>
#include <tenon/optimizers/sgd.hpp>

#include "../support/optimizer_variables.hpp"

using namespace tenon;
using support::check_optimizer_on_variables;

TEST_CASE("Gradients are clipped as Keras does", "[optimizers][with]") {
  check_optimizer_on_variables("with(SGD{.learning_rate = 0.1}, ClipValue{0.5})", with(SGD{.learning_rate = 0.1f}, ClipValue{0.5f}));
  check_optimizer_on_variables("with(SGD{.learning_rate = 0.1}, ClipNorm{1})", with(SGD{.learning_rate = 0.1f}, ClipNorm{1.f}));
  check_optimizer_on_variables("with(SGD{.learning_rate = 0.1}, GlobalClipNorm{2})", with(SGD{.learning_rate = 0.1f}, GlobalClipNorm{2.f}));
  check_optimizer_on_variables("with(Adam{.learning_rate = 0.1}, GlobalClipNorm{2})", with(Adam{.learning_rate = 0.1f}, GlobalClipNorm{2.f}));
}

TEST_CASE("Weights decay as Keras's do, whatever the order of the list", "[optimizers][with]") {
  check_optimizer_on_variables("with(SGD{.learning_rate = 0.1, .momentum = 0.9}, WeightDecay{0.1})", with(SGD{.learning_rate = 0.1f, .momentum = 0.9f}, WeightDecay{0.1f}));
  check_optimizer_on_variables("with(Lamb{.learning_rate = 0.1}, ClipNorm{1}, WeightDecay{0.1})", with(Lamb{.learning_rate = 0.1f}, ClipNorm{1.f}, WeightDecay{0.1f}));
  check_optimizer_on_variables("with(Lamb{.learning_rate = 0.1}, ClipNorm{1}, WeightDecay{0.1})", with(Lamb{.learning_rate = 0.1f}, WeightDecay{0.1f}, ClipNorm{1.f}));
}

TEST_CASE("Weights are averaged as Keras does", "[optimizers][with]") {
  check_optimizer_on_variables("with(SGD{.learning_rate = 0.1}, ExponentialMovingAverage{.ema_momentum = 0.8})", with(SGD{.learning_rate = 0.1f}, ExponentialMovingAverage{.ema_momentum = 0.8f}));
  check_optimizer_on_variables("with(Adam{.learning_rate = 0.1}, ExponentialMovingAverage{.ema_momentum = 0.5, .ema_overwrite_frequency = 3})",
                               with(Adam{.learning_rate = 0.1f}, ExponentialMovingAverage{.ema_momentum = 0.5f, .ema_overwrite_frequency = 3}));
}

TEST_CASE("Gradients are accumulated as Keras does", "[optimizers][with]") {
  check_optimizer_on_variables("with(Adam{.learning_rate = 0.1}, GradientAccumulation{3})", with(Adam{.learning_rate = 0.1f}, GradientAccumulation{3}));
  check_optimizer_on_variables("with(SGD{.learning_rate = CosineDecay{…}}, GradientAccumulation{5}, ClipNorm{1}, WeightDecay{0.1}, ExponentialMovingAverage{0.5})",
                               with(SGD{.learning_rate = CosineDecay{.initial_learning_rate = 0.5, .decay_steps = 8, .alpha = 0.1}}, ExponentialMovingAverage{0.5f}, GradientAccumulation{5},
                                    WeightDecay{0.1f}, ClipNorm{1.f}));
  check_optimizer_on_variables("with(Adam{.learning_rate = 0.1}, ExponentialMovingAverage{0.5, 2}, GlobalClipNorm{1}, GradientAccumulation{2})",
                               with(Adam{.learning_rate = 0.1f}, ExponentialMovingAverage{0.5f, 2}, GlobalClipNorm{1.f}, GradientAccumulation{2}));
}

TEST_CASE("An optimizer that needs shapes takes modifiers, too", "[optimizers][with]") {
  check_optimizer_on_variables("with(Muon{.learning_rate = 0.1}, ClipNorm{1}, GradientAccumulation{2}, ExponentialMovingAverage{0.5})",
                               with(Muon{.learning_rate = 0.1f}, ClipNorm{1.f}, GradientAccumulation{2}, ExponentialMovingAverage{0.5f}));
  check_optimizer_on_variables("with(Muon{.learning_rate = 0.1}, GlobalClipNorm{1})", with(Muon{.learning_rate = 0.1f}, GlobalClipNorm{1.f}));
}

TEST_CASE("What an optimizer keeps for all parameters it keeps for each variable where it runs for each", "[optimizers][with]") {
  check_optimizer_on_variables("Nadam{.learning_rate = 0.1, .beta_1 = 0.5, .beta_2 = 0.9, .epsilon = 0.01}",
                               with(Nadam{.learning_rate = 0.1f, .beta_1 = 0.5f, .beta_2 = 0.9f, .epsilon = 0.01f}, ClipNorm{1e30f}));
}

TEST_CASE("Weights that are excluded do not decay", "[optimizers][with]") {
  auto decaying = with(SGD{.learning_rate = 1.f, .momentum = 0.5f}, WeightDecay{.weight_decay = 0.5f, .exclude_from_weight_decay = {"beta", "bias"}});
  std::vector<float> w(48, 8.f), g(48, 1.f);
  const Parameter parameters[] = {{.name = "kernel", .shape = shape(3), .offset = 0}, {.name = "bias", .shape = shape(2), .offset = 16}, {.name = "gamma", .shape = shape(1), .offset = 32}};
  HostDevice device;
  detail::UpdaterOf<Reference, decltype(decaying)> updater(device, decaying, w.data(), g.data(), parameters, 48);
  updater.step(1, {});
  CHECK(w[2] == 3);   // 8 / 2 - 1
  CHECK(w[17] == 7);  // 8 - 1
  CHECK(w[32] == 3);
  decaying.weight_decay = 0.25f;
  updater.step(2, {});
  CHECK(w[2] == 3 * 0.75f - 1.5f);
  CHECK(w[17] == 5.5f);
}

namespace {
/// A modifier of one's own: gradients of mean 0, and no weight above a limit.
struct Centered {
  float limit = 1;
  static constexpr Symbol gradient(Symbol, Symbol g) { return g - mean(g); }
  static constexpr Symbol after(Symbol w) { return minimum(w, parameter<&Centered::limit>(w)); }
};
}  // namespace

TEST_CASE("A modifier may be one of one's own", "[optimizers][with]") {
  auto centered = with(SGD{.learning_rate = 1.f}, WeightDecay{0.5f}, Centered{2.f});
  std::vector<float> w(32), g(32, 100.f);  // 100: padding, which is in no mean
  const Parameter parameters[] = {{.name = "a", .shape = shape(3), .offset = 0}, {.name = "b", .shape = shape(2), .offset = 16}};
  w[0] = 8, g[0] = 1, g[1] = 2, g[2] = 6, g[16] = 5, g[17] = 1;
  HostDevice device;
  detail::UpdaterOf<Reference, decltype(centered)> updater(device, centered, w.data(), g.data(), parameters, 32);
  updater.step(1, {});
  CHECK(std::vector<float>(w.begin(), w.begin() + 3) == std::vector<float>{2, 1, -3});  // 8 / 2 + 2, at most 2
  CHECK(w[16] == -2);
  CHECK(w[17] == 2);
}

TEST_CASE("The numbers of modifiers may be changed at any time", "[optimizers][with]") {
  auto clipped = with(SGD{.learning_rate = 1.f}, ClipValue{});
  std::vector<float> w(16), g(16);
  const Parameter parameter{.name = "w", .shape = shape(2)};
  HostDevice device;
  detail::UpdaterOf<Reference, decltype(clipped)> updater(device, clipped, w.data(), g.data(), {&parameter, 1}, 16);
  g[0] = -3, g[1] = 0.5f;
  updater.step(1, {});
  CHECK(w[0] == 3);  // a limit of 0 is none
  clipped.clipvalue = 1;
  updater.step(2, {});
  CHECK(w[0] == 4);
  CHECK(w[1] == -1);
  clipped.learning_rate = 0.5f;
  updater.step(3, {});
  CHECK(w[0] == 4.5f);
}

TEST_CASE("Accumulating over no steps is refused", "[optimizers][with]") {
  auto none = with(SGD{}, GradientAccumulation{0});
  std::vector<float> w(16), g(16);
  const Parameter parameter{.name = "w", .shape = shape(2)};
  HostDevice device;
  detail::UpdaterOf<Reference, decltype(none)> updater(device, none, w.data(), g.data(), {&parameter, 1}, 16);
  CHECK_THROWS_WITH(updater.step(1, {}), Catch::Contains("gradient_accumulation_steps is 0, expected 1 or more"));
}

// Only an update that adds up over its variable runs once for each.
static_assert(!detail::adds_up<Update<Adam>>);
static_assert(!detail::adds_up<Update<With<Adam, GlobalClipNorm, WeightDecay, ExponentialMovingAverage>>>);
static_assert(detail::adds_up<Update<With<Adam, ClipNorm>>>);
static_assert(detail::adds_up<Update<Lamb>>);
