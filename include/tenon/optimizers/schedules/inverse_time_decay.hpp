// A learning rate that falls as one over the time.
#pragma once

#include <cmath>

#include <tenon/optimizers/schedules/checks.hpp>

namespace tenon {

/// initial_learning_rate / (1 + decay_rate · step / decay_steps); with staircase the quotient is rounded down.
/// Follows keras.optimizers.schedules.InverseTimeDecay. Refused: decay_steps below 1 (std::invalid_argument).
///
///     tn::SGD{.learning_rate = tn::InverseTimeDecay{.initial_learning_rate = 0.1, .decay_steps = 100, .decay_rate = 0.5}}
struct InverseTimeDecay {
  double initial_learning_rate = 0;
  long decay_steps = 0;
  double decay_rate = 0;
  bool staircase = false;

  double operator()(long step) const {
    const double p = static_cast<double>(step) / static_cast<double>(decay_steps);
    return initial_learning_rate / (1 + decay_rate * (staircase ? std::floor(p) : p));
  }
  void check() const { detail::check_steps("InverseTimeDecay: decay_steps", decay_steps); }
};

}  // namespace tenon
