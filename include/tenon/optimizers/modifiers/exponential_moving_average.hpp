// A moving average of the weights.
#pragma once

#include <tenon/optimizers/with.hpp>

namespace tenon {

/// After each step a ← ema_momentum · a + (1 - ema_momentum) · w, and a = w after the first. Every ema_overwrite_frequency steps (0: never)
/// w ← a. When fit ends, the weights become their averages; model.finalize_variable_values() does the same at any other time,
/// model.swap_ema_weights() exchanges the two. Keras's use_ema of every optimizer. a: kept for each weight.
///
///     tn::with(tn::Adam{}, tn::ExponentialMovingAverage{.ema_momentum = 0.999f})
struct ExponentialMovingAverage {
  float ema_momentum = 0.99f;
  int ema_overwrite_frequency = 0;

  static constexpr Symbol after(Symbol w) {
    const auto t = iteration(w), momentum = select(t <= 1, 0, parameter<&ExponentialMovingAverage::ema_momentum>(w));
    const auto a = slot(w, detail::average_name), average = assign(a, momentum * a + (1 - momentum) * w);
    return select(fmod(t, parameter<&ExponentialMovingAverage::ema_overwrite_frequency>(w)) == 0, average, w);
  }
};

}  // namespace tenon
