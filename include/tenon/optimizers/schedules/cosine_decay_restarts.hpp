// A learning rate that falls as a cosine, again and again.
#pragma once

#include <cmath>
#include <numbers>

#include <tenon/optimizers/schedules/checks.hpp>

namespace tenon {

/// A cosine from initial_learning_rate down over first_decay_steps steps, then again and again: each time t_mul times as long and from
/// m_mul times as high (Loshchilov and Hutter 2017). alpha: the part of initial_learning_rate that it does not fall below.
/// Follows keras.optimizers.schedules.CosineDecayRestarts. Refused: first_decay_steps below 1 (std::invalid_argument).
///
///     tn::SGD{.learning_rate = tn::CosineDecayRestarts{.initial_learning_rate = 0.1, .first_decay_steps = 1000}}
struct CosineDecayRestarts {
  double initial_learning_rate = 0;
  long first_decay_steps = 0;
  double t_mul = 2;
  double m_mul = 1;
  double alpha = 0;

  double operator()(long step) const {
    double part = static_cast<double>(step) / static_cast<double>(first_decay_steps), restarts = std::floor(part);
    if (t_mul == 1) {
      part -= restarts;
    } else {
      restarts = std::floor(std::log(1 - part * (1 - t_mul)) / std::log(t_mul));
      const double longer = std::pow(t_mul, restarts);
      part = (part - (1 - longer) / (1 - t_mul)) / longer;
    }
    const double cosine = 0.5 * std::pow(m_mul, restarts) * (1 + std::cos(std::numbers::pi * part));
    return initial_learning_rate * ((1 - alpha) * cosine + alpha);
  }
  void check() const { detail::check_steps("CosineDecayRestarts: first_decay_steps", first_decay_steps); }
};

}  // namespace tenon
