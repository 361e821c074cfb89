// A learning rate in stairs.
#pragma once

#include <vector>

#include <tenon/optimizers/schedules/checks.hpp>

namespace tenon {

/// values[0] up to step boundaries[0], values[1] up to boundaries[1], …, and the last value beyond.
/// Follows keras.optimizers.schedules.PiecewiseConstantDecay. Refused: not one value more than boundaries (std::invalid_argument).
///
///     tn::SGD{.learning_rate = tn::PiecewiseConstantDecay{.boundaries = {1000, 5000}, .values = {0.1, 0.01, 0.001}}}
struct PiecewiseConstantDecay {
  std::vector<long> boundaries;
  std::vector<double> values;

  double operator()(long step) const {
    std::size_t i = 0;
    while (i < boundaries.size() && step > boundaries[i]) ++i;
    return values[i];
  }
  void check() const {
    if (values.size() != boundaries.size() + 1)
      throw std::invalid_argument("PiecewiseConstantDecay: " + std::to_string(values.size()) + " values are given for " + std::to_string(boundaries.size()) + " boundaries, expected one more than boundaries");
  }
};

}  // namespace tenon
