// A learning rate that falls as a cosine, after a warm-up.
#pragma once

#include <cmath>
#include <numbers>
#include <optional>

#include <tenon/optimizers/schedules/checks.hpp>

namespace tenon {

/// initial_learning_rate · ((1 - alpha) · (1 + cos(π · step / decay_steps)) / 2 + alpha), constant from decay_steps on (Loshchilov and
/// Hutter 2017). With a warmup_target it first rises on a line from initial_learning_rate to that within warmup_steps, and falls from there.
/// Follows keras.optimizers.schedules.CosineDecay. Refused: decay_steps below 1 (std::invalid_argument).
///
///     tn::Adam{.learning_rate = tn::CosineDecay{.initial_learning_rate = 0, .decay_steps = 10000, .warmup_target = 1e-3, .warmup_steps = 500}}
struct CosineDecay {
  double initial_learning_rate = 0;
  long decay_steps = 0;
  double alpha = 0;
  std::optional<double> warmup_target = {};
  long warmup_steps = 0;

  double operator()(long step) const {
    if (!warmup_target) return decayed(initial_learning_rate, step);
    if (step >= warmup_steps) return decayed(*warmup_target, step - warmup_steps);
    return (*warmup_target - initial_learning_rate) * static_cast<double>(step) / static_cast<double>(warmup_steps) + initial_learning_rate;
  }
  void check() const { detail::check_steps("CosineDecay: decay_steps", decay_steps); }

 private:
  double decayed(double from, long step) const {
    const double part = std::fmin(1, static_cast<double>(step) / static_cast<double>(decay_steps));
    return from * ((1 - alpha) * 0.5 * (1 + std::cos(std::numbers::pi * part)) + alpha);
  }
};

}  // namespace tenon
