// Adamax.
#pragma once

#include <tenon/optimizers/concept.hpp>

namespace tenon {

/// m ← m + (g - m)(1 - beta_1);  u ← max(beta_2 · u, |g|);  w ← w - learning_rate · m / ((1 - beta_1^t) · (u + epsilon))
/// (Kingma and Ba 2015, section 7). Follows keras.optimizers.Adamax.
/// w: any shape; g: its gradient; m, u: kept for each weight, zero at first; t: the number of the step, from 1.
///
///     auto model = tn::compile<Net>(tn::Adamax{.learning_rate = 0.002f}, tn::SparseCategoricalCrossentropy{});
struct Adamax {
  LearningRate learning_rate = 0.001f;
  float beta_1 = 0.9f;
  float beta_2 = 0.999f;
  float epsilon = 1e-7f;

  static constexpr auto update(auto w, auto g) {
    const auto b1 = parameter<&Adamax::beta_1>(w), alpha = parameter<&Adamax::learning_rate>(w) / (1 - pow(b1, iteration(w)));
    const auto m = slot(w, "momentum"), u = slot(w, "norm");
    const auto momentum = assign(m, m + (g - m) * (1 - b1)), norm = assign(u, maximum(parameter<&Adamax::beta_2>(w) * u, abs(g)));
    return w - alpha * momentum / (norm + parameter<&Adamax::epsilon>(w));
  }
};

}  // namespace tenon
