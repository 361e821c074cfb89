// Lamb.
#pragma once

#include <tenon/graph/reductions.hpp>
#include <tenon/optimizers/concept.hpp>

namespace tenon {

/// m ← m + (g - m)(1 - beta_1);  v ← v + (g² - v)(1 - beta_2);  d = m / (1 - beta_1^t) / (√(v / (1 - beta_2^t)) + epsilon);
/// w ← w - learning_rate · ‖w‖ / ‖d‖ · d with the norms of the whole variable; a norm of zero leaves the quotient out
/// (You et al. 2020). Follows keras.optimizers.Lamb; weight decay is `with(Lamb{}, WeightDecay{…})`.
/// w: any shape; g: its gradient; m, v: kept for each weight, zero at first; t: the number of the step, from 1.
///
///     auto model = tn::compile<Net>(tn::Lamb{.learning_rate = 0.01f}, tn::SparseCategoricalCrossentropy{});
struct Lamb {
  LearningRate learning_rate = 0.001f;
  float beta_1 = 0.9f;
  float beta_2 = 0.999f;
  float epsilon = 1e-7f;

  static constexpr auto update(auto w, auto g) {
    const auto b1 = parameter<&Lamb::beta_1>(w), b2 = parameter<&Lamb::beta_2>(w), t = iteration(w);
    const auto m = slot(w, "momentum"), v = slot(w, "velocity");
    const auto momentum = assign(m, m + (g - m) * (1 - b1)), velocity = assign(v, v + (square(g) - v) * (1 - b2));
    const auto direction = momentum / (1 - pow(b1, t)) / (sqrt(velocity / (1 - pow(b2, t))) + parameter<&Lamb::epsilon>(w));
    const auto size = sqrt(sum(square(w))), length = sqrt(sum(square(direction)));
    const auto ratio = select(minimum(size, length) > 0, size / length, 1);
    return w - ratio * parameter<&Lamb::learning_rate>(w) * direction;
  }
};

}  // namespace tenon
