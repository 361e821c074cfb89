// Adam.
#pragma once

#include <tenon/optimizers/concept.hpp>

namespace tenon {

/// m ← m + (g - m)(1 - beta_1);  v ← v + (g² - v)(1 - beta_2);  w ← w - α · m / (√v + epsilon) with
/// α = learning_rate · √(1 - beta_2^t) / (1 - beta_1^t) (Kingma and Ba 2015, "epsilon hat"). Follows keras.optimizers.Adam.
/// With amsgrad √v is of the largest v so far (Reddi et al. 2018).
/// w: any shape; g: its gradient; m, v (and the largest v): kept for each weight, zero at first; t: the number of the step, from 1.
///
///     auto model = tn::compile<Net>(tn::Adam{.learning_rate = 1e-4f}, tn::SparseCategoricalCrossentropy{});
struct Adam {
  float learning_rate = 0.001f;
  float beta_1 = 0.9f;
  float beta_2 = 0.999f;
  float epsilon = 1e-7f;
  bool amsgrad = false;

  static constexpr auto update(auto w, auto g) {
    return step(w, g, [&](auto velocity) {
      const auto largest = slot(w, "largest_velocity"), next = assign(largest, maximum(largest, velocity));
      return select(parameter<&Adam::amsgrad>(w), next, velocity);
    });
  }
  constexpr bool plain() const { return !amsgrad; }
  static constexpr auto plain_update(auto w, auto g) {
    return step(w, g, [](auto velocity) { return velocity; });
  }

 private:
  static constexpr auto step(auto w, auto g, auto spread_of) {
    const auto b1 = parameter<&Adam::beta_1>(w), b2 = parameter<&Adam::beta_2>(w), t = iteration(w);
    const auto alpha = parameter<&Adam::learning_rate>(w) * sqrt(1 - pow(b2, t)) / (1 - pow(b1, t));
    const auto m = slot(w, "momentum"), v = slot(w, "velocity");
    const auto momentum = assign(m, m + (g - m) * (1 - b1)), velocity = assign(v, v + (square(g) - v) * (1 - b2));
    return w - alpha * momentum / (sqrt(spread_of(velocity)) + parameter<&Adam::epsilon>(w));
  }
};

}  // namespace tenon
