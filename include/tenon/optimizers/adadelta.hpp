// Adadelta.
#pragma once

#include <tenon/optimizers/concept.hpp>

namespace tenon {

/// a ← rho · a + (1 - rho) · g²;  d = -g · √(s + epsilon) / √(a + epsilon);  s ← rho · s + (1 - rho) · d²;  w ← w + learning_rate · d
/// (Zeiler 2012, who has a learning_rate of 1). Follows keras.optimizers.Adadelta.
/// w: any shape; g: its gradient; a, s: kept for each weight, zero at first.
///
///     auto model = tn::compile<Net>(tn::Adadelta{.learning_rate = 1.f}, tn::MeanSquaredError{});
struct Adadelta {
  LearningRate learning_rate = 0.001f;
  float rho = 0.95f;
  float epsilon = 1e-7f;

  static constexpr auto update(auto w, auto g) {
    const auto rho = parameter<&Adadelta::rho>(w), epsilon = parameter<&Adadelta::epsilon>(w);
    const auto a = slot(w, "accumulated_grad"), s = slot(w, "accumulated_delta_var");
    const auto gradients = assign(a, rho * a + (1 - rho) * square(g));
    const auto delta = -(sqrt(s + epsilon) * g / sqrt(gradients + epsilon));
    assign(s, rho * s + (1 - rho) * square(delta));
    return w + parameter<&Adadelta::learning_rate>(w) * delta;
  }
};

}  // namespace tenon
