// RMSprop.
#pragma once

#include <tenon/optimizers/concept.hpp>

namespace tenon {

/// v ← rho · v + (1 - rho) · g²;  w ← w - learning_rate · g / √(v + epsilon). With momentum the step is accumulated first:
/// m ← momentum · m + step; centered subtracts the square of the mean gradient from v. Follows keras.optimizers.RMSprop.
/// w: any shape; g: its gradient; v, and where they are needed m and the mean gradient: kept for each weight, zero at first.
///
///     auto model = tn::compile<Net>(tn::RMSprop{.learning_rate = 1e-4f}, tn::MeanSquaredError{});
struct RMSprop {
  LearningRate learning_rate = 0.001f;
  float rho = 0.9f;
  float momentum = 0.f;
  float epsilon = 1e-7f;
  bool centered = false;

  static constexpr auto update(auto w, auto g) {
    const auto rho = parameter<&RMSprop::rho>(w), velocity = next_velocity(w, g), m = slot(w, "momentum"), a = slot(w, "average_gradient");
    const auto average = assign(a, rho * a + (1 - rho) * g);
    const auto spread = velocity - select(parameter<&RMSprop::centered>(w), square(average), 0);
    const auto step = parameter<&RMSprop::learning_rate>(w) * g / sqrt(spread + parameter<&RMSprop::epsilon>(w));
    return w - assign(m, parameter<&RMSprop::momentum>(w) * m + step);
  }
  constexpr bool plain() const { return momentum == 0 && !centered; }
  static constexpr auto plain_update(auto w, auto g) {
    return w - parameter<&RMSprop::learning_rate>(w) * g / sqrt(next_velocity(w, g) + parameter<&RMSprop::epsilon>(w));
  }

 private:
  static constexpr auto next_velocity(auto w, auto g) {
    const auto rho = parameter<&RMSprop::rho>(w), v = slot(w, "velocity");
    return assign(v, rho * v + (1 - rho) * square(g));
  }
};

}  // namespace tenon
