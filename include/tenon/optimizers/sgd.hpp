// Stochastic gradient descent.
#pragma once

#include <tenon/optimizers/concept.hpp>

namespace tenon {

/// m ← momentum · m - learning_rate · g;  w ← w + m, or with nesterov w ← w + momentum · m - learning_rate · g.
/// Without momentum: w ← w - learning_rate · g. Follows keras.optimizers.SGD.
/// w: any shape; g: its gradient; m: kept for each weight while there is momentum, zero at first.
///
///     auto model = tn::compile<Net>(tn::SGD{.learning_rate = 0.05f, .momentum = 0.9f, .nesterov = true}, tn::MeanSquaredError{});
struct SGD {
  LearningRate learning_rate = 0.01f;
  float momentum = 0.f;
  bool nesterov = false;

  static constexpr auto update(auto w, auto g) {
    const auto step = parameter<&SGD::learning_rate>(w) * g, momentum = parameter<&SGD::momentum>(w);
    const auto m = slot(w, "momentum"), next = assign(m, momentum * m - step);
    return w + select(parameter<&SGD::nesterov>(w), momentum * next - step, next);
  }
  constexpr bool plain() const { return momentum == 0; }
  static constexpr auto plain_update(auto w, auto g) { return w - parameter<&SGD::learning_rate>(w) * g; }
};

}  // namespace tenon
