// Ftrl.
#pragma once

#include <tenon/optimizers/concept.hpp>

namespace tenon {

/// Follow the regularized leader (McMahan et al. 2013, with the shrinkage of Keras and beta of the paper): with n ← a + g²,
/// k = -learning_rate_power and l2 = l2_regularization_strength + beta / (2 · learning_rate),
/// z ← z + g + 2 · l2_shrinkage_regularization_strength · w - (n^k - a^k) / learning_rate · w;  a ← n;
/// w ← (clip(z, -l1, l1) - z) / (n^k / learning_rate + 2 · l2). Follows keras.optimizers.Ftrl.
/// w: any shape; g: its gradient; a, z: kept for each weight, initial_accumulator_value and zero at first.
///
///     auto model = tn::compile<Net>(tn::Ftrl{.learning_rate = 0.05f, .l1_regularization_strength = 1e-3f}, tn::BinaryCrossentropy{});
struct Ftrl {
  LearningRate learning_rate = 0.001f;
  float learning_rate_power = -0.5f;
  float initial_accumulator_value = 0.1f;
  float l1_regularization_strength = 0.f;
  float l2_regularization_strength = 0.f;
  float l2_shrinkage_regularization_strength = 0.f;
  float beta = 0.f;

  static constexpr auto update(auto w, auto g) {
    const auto rate = parameter<&Ftrl::learning_rate>(w), power = -parameter<&Ftrl::learning_rate_power>(w);
    const auto l1 = parameter<&Ftrl::l1_regularization_strength>(w);
    const auto l2 = parameter<&Ftrl::l2_regularization_strength>(w) + parameter<&Ftrl::beta>(w) / (2 * rate);
    const auto a = slot(w, "accumulator"), z = slot(w, "linear"), before = starting_from(parameter<&Ftrl::initial_accumulator_value>(w), a);
    const auto squares = assign(a, before + square(g)), slope = pow(squares, power) / rate;
    const auto shrunk = g + 2 * parameter<&Ftrl::l2_shrinkage_regularization_strength>(w) * w;
    const auto linear = assign(z, z + shrunk - (slope - pow(before, power) / rate) * w);
    return (clip(linear, -l1, l1) - linear) / (slope + 2 * l2);
  }
};

}  // namespace tenon
