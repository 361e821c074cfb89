// Adagrad.
#pragma once

#include <tenon/optimizers/concept.hpp>

namespace tenon {

/// a ← a + g²;  w ← w - learning_rate · g / √(a + epsilon) (Duchi, Hazan and Singer 2011). Follows keras.optimizers.Adagrad.
/// w: any shape; g: its gradient; a: kept for each weight, initial_accumulator_value at first.
///
///     auto model = tn::compile<Net>(tn::Adagrad{.learning_rate = 0.01f}, tn::MeanSquaredError{});
struct Adagrad {
  LearningRate learning_rate = 0.001f;
  float initial_accumulator_value = 0.1f;
  float epsilon = 1e-7f;

  static constexpr auto update(auto w, auto g) {
    const auto a = slot(w, "accumulator"), squares = assign(a, starting_from(parameter<&Adagrad::initial_accumulator_value>(w), a) + square(g));
    return w - parameter<&Adagrad::learning_rate>(w) * g / sqrt(squares + parameter<&Adagrad::epsilon>(w));
  }
};

}  // namespace tenon
