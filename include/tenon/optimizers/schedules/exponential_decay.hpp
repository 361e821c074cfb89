// A learning rate that falls exponentially.
#pragma once

#include <cmath>

#include <tenon/optimizers/schedules/checks.hpp>

namespace tenon {

/// initial_learning_rate · decay_rate^(step / decay_steps); with staircase the exponent is rounded down.
/// Follows keras.optimizers.schedules.ExponentialDecay. Refused: decay_steps below 1 (std::invalid_argument).
///
///     tn::SGD{.learning_rate = tn::ExponentialDecay{.initial_learning_rate = 0.1, .decay_steps = 1000, .decay_rate = 0.96}}
struct ExponentialDecay {
  double initial_learning_rate = 0;
  long decay_steps = 0;
  double decay_rate = 0;
  bool staircase = false;

  double operator()(long step) const {
    const double p = static_cast<double>(step) / static_cast<double>(decay_steps);
    return initial_learning_rate * std::pow(decay_rate, staircase ? std::floor(p) : p);
  }
  void check() const { detail::check_steps("ExponentialDecay: decay_steps", decay_steps); }
};

}  // namespace tenon
