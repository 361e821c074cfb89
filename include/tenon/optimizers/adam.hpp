// Adam.
#pragma once

#include <tenon/optimizers/concept.hpp>

namespace tenon {

namespace detail {

/// Adam's step for any optimizer O with its numbers. spread_of: what the root is of, from the next v.
template <class O>
constexpr auto adam_step(auto w, auto g, auto spread_of) {
  const auto b1 = parameter<&O::beta_1>(w), b2 = parameter<&O::beta_2>(w), t = iteration(w);
  const auto alpha = parameter<&O::learning_rate>(w) * sqrt(1 - pow(b2, t)) / (1 - pow(b1, t));
  const auto m = slot(w, "momentum"), v = slot(w, "velocity");
  const auto momentum = assign(m, m + (g - m) * (1 - b1)), velocity = assign(v, v + (square(g) - v) * (1 - b2));
  return w - alpha * momentum / (sqrt(spread_of(velocity)) + parameter<&O::epsilon>(w));
}
/// v, or with amsgrad the largest v so far.
template <class O>
constexpr auto amsgrad_step(auto w, auto g) {
  return adam_step<O>(w, g, [&](auto velocity) {
    const auto largest = slot(w, "largest_velocity"), next = assign(largest, maximum(largest, velocity));
    return select(parameter<&O::amsgrad>(w), next, velocity);
  });
}
template <class O>
constexpr auto plain_adam_step(auto w, auto g) {
  return adam_step<O>(w, g, [](auto velocity) { return velocity; });
}

}  // namespace detail

/// m ← m + (g - m)(1 - beta_1);  v ← v + (g² - v)(1 - beta_2);  w ← w - α · m / (√v + epsilon) with
/// α = learning_rate · √(1 - beta_2^t) / (1 - beta_1^t) (Kingma and Ba 2015, "epsilon hat"). Follows keras.optimizers.Adam.
/// With amsgrad √v is of the largest v so far (Reddi et al. 2018).
/// w: any shape; g: its gradient; m, v (and the largest v): kept for each weight, zero at first; t: the number of the step, from 1.
///
///     auto model = tn::compile<Net>(tn::Adam{.learning_rate = 1e-4f}, tn::SparseCategoricalCrossentropy{});
struct Adam {
  LearningRate learning_rate = 0.001f;
  float beta_1 = 0.9f;
  float beta_2 = 0.999f;
  float epsilon = 1e-7f;
  bool amsgrad = false;

  static constexpr auto update(auto w, auto g) { return detail::amsgrad_step<Adam>(w, g); }
  constexpr bool plain() const { return !amsgrad; }
  static constexpr auto plain_update(auto w, auto g) { return detail::plain_adam_step<Adam>(w, g); }
};

}  // namespace tenon
