// Lion.
#pragma once

#include <tenon/optimizers/concept.hpp>

namespace tenon {

/// w ← w - learning_rate · sign(beta_1 · m + (1 - beta_1) · g);  m ← beta_2 · m + (1 - beta_2) · g (Chen et al. 2023).
/// Follows keras.optimizers.Lion. w: any shape; g: its gradient; m: kept for each weight, zero at first.
///
///     auto model = tn::compile<Net>(tn::Lion{.learning_rate = 1e-4f}, tn::SparseCategoricalCrossentropy{});
struct Lion {
  LearningRate learning_rate = 0.001f;
  float beta_1 = 0.9f;
  float beta_2 = 0.99f;

  static constexpr auto update(auto w, auto g) {
    const auto b1 = parameter<&Lion::beta_1>(w), b2 = parameter<&Lion::beta_2>(w), m = slot(w, "momentum");
    assign(m, b2 * m + (1 - b2) * g);
    return w - parameter<&Lion::learning_rate>(w) * sign(b1 * m + (1 - b1) * g);
  }
};

}  // namespace tenon
