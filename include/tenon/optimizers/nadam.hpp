// Nadam.
#pragma once

#include <tenon/optimizers/concept.hpp>

namespace tenon {

/// Adam with Nesterov's momentum (Dozat 2015): with u(t) = beta_1 · (1 - 0.96^t / 2) and p the product of u(1) … u(t),
/// m ← m + (g - m)(1 - beta_1);  v ← v + (g² - v)(1 - beta_2);
/// w ← w - learning_rate · (u(t+1) · m / (1 - p · u(t+1)) + (1 - u(t)) · g / (1 - p)) / (√(v / (1 - beta_2^t)) + epsilon).
/// Follows keras.optimizers.Nadam. w: any shape; g: its gradient; m, v: kept for each weight, zero at first; p: one number for all of them.
///
///     auto model = tn::compile<Net>(tn::Nadam{.learning_rate = 0.002f}, tn::SparseCategoricalCrossentropy{});
struct Nadam {
  LearningRate learning_rate = 0.001f;
  float beta_1 = 0.9f;
  float beta_2 = 0.999f;
  float epsilon = 1e-7f;

  static constexpr auto update(auto w, auto g) {
    const auto b1 = parameter<&Nadam::beta_1>(w), b2 = parameter<&Nadam::beta_2>(w), t = iteration(w);
    const auto now = b1 * (1 - 0.5 * pow(0.96, t)), next = b1 * (1 - 0.5 * pow(0.96, t + 1));
    const auto p = scalar_slot(w, "u_product"), product = assign(p, starting_from(constant(w, 1), p) * now);
    const auto m = slot(w, "momentum"), v = slot(w, "velocity");
    const auto momentum = assign(m, m + (g - m) * (1 - b1)), velocity = assign(v, v + (square(g) - v) * (1 - b2));
    const auto ahead = next / (1 - product * next) * momentum + (1 - now) / (1 - product) * g;
    return w - parameter<&Nadam::learning_rate>(w) * ahead / (sqrt(velocity / (1 - pow(b2, t))) + parameter<&Nadam::epsilon>(w));
  }
};

}  // namespace tenon
