// A learning rate that falls as a polynomial.
#pragma once

#include <cmath>

#include <tenon/optimizers/schedules/checks.hpp>

namespace tenon {

/// (initial_learning_rate - end_learning_rate) · (1 - step / n)^power + end_learning_rate with n = decay_steps, and end_learning_rate
/// beyond; with cycle n is the next multiple of decay_steps. Follows keras.optimizers.schedules.PolynomialDecay.
/// Refused: decay_steps below 1 (std::invalid_argument).
///
///     tn::SGD{.learning_rate = tn::PolynomialDecay{.initial_learning_rate = 0.1, .decay_steps = 10000, .end_learning_rate = 0.01, .power = 0.5}}
struct PolynomialDecay {
  double initial_learning_rate = 0;
  long decay_steps = 0;
  double end_learning_rate = 0.0001;
  double power = 1;
  bool cycle = false;

  double operator()(long step) const {
    const double now = static_cast<double>(step), once = static_cast<double>(decay_steps);
    const double all = cycle && step > 0 ? once * std::ceil(now / once) : once;
    return (initial_learning_rate - end_learning_rate) * std::pow(1 - std::fmin(now, all) / all, power) + end_learning_rate;
  }
  void check() const { detail::check_steps("PolynomialDecay: decay_steps", decay_steps); }
};

}  // namespace tenon
