// Schedule-free AdamW.
#pragma once

#include <tenon/optimizers/concept.hpp>

namespace tenon {

/// AdamW whose averaging takes the place of a schedule (Defazio et al. 2024): v ← v + (g² - v)(1 - beta_2);
/// z' = z - a · g / (√(v / (1 - beta_2^t)) + epsilon) with a = learning_rate · min(t / warmup_steps, 1);
/// x = (w - (1 - beta_1) · z) / beta_1;  x' = x + (z' - x) / t;  w ← (1 - beta_1) · z' + beta_1 · x'.
/// Follows keras.optimizers.ScheduleFreeAdamW. w: any shape; g: its gradient; z, v: kept for each weight, w and zero at first.
/// Weight decay: `with(ScheduleFreeAdamW{}, WeightDecay{…})`, as Keras has none by default; z then starts at w as it has decayed once, in Keras before.
///
///     auto model = tn::compile<Net>(tn::ScheduleFreeAdamW{.warmup_steps = 1000}, tn::SparseCategoricalCrossentropy{});
struct ScheduleFreeAdamW {
  LearningRate learning_rate = 0.0025f;
  float beta_1 = 0.9f;
  float beta_2 = 0.999f;
  float epsilon = 1e-8f;
  int warmup_steps = 0;

  static constexpr auto update(auto w, auto g) {
    const auto b1 = parameter<&ScheduleFreeAdamW::beta_1>(w), b2 = parameter<&ScheduleFreeAdamW::beta_2>(w), t = iteration(w);
    const auto warmup = parameter<&ScheduleFreeAdamW::warmup_steps>(w);
    const auto rate = parameter<&ScheduleFreeAdamW::learning_rate>(w) * select(warmup > 0, minimum(t / warmup, 1), 1);
    const auto m = slot(w, "momentum"), v = slot(w, "velocity"), z = starting_from(w, m);
    const auto velocity = assign(v, v + (square(g) - v) * (1 - b2));
    const auto next = assign(m, z - rate * g / (sqrt(velocity / (1 - pow(b2, t))) + parameter<&ScheduleFreeAdamW::epsilon>(w)));
    const auto x = (w - (1 - b1) * z) / b1, average = (1 - 1 / t) * x + 1 / t * next;
    return (1 - b1) * next + b1 * average;
  }
};

}  // namespace tenon
