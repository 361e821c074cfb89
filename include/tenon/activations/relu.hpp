// Rectified linear unit.
#pragma once

#include <tenon/core/real.hpp>
#include <tenon/graph/reductions.hpp>
#include <tenon/graph/refuse.hpp>
#include <tenon/layers/layer.hpp>

namespace tenon {

/// max(x, 0). Follows keras.activations.relu.
/// x: any shape → y: the same shape.
///
///     tn::Dense<64, tn::ReLU>
struct ReLU : Layer<ReLU> {
  static constexpr auto call(auto x) { return relu(x); }
};

/// No upper limit: `tn::ReLUWith<tn::unlimited, 0.1>`.
inline constexpr double unlimited = 1e300;

/// ReLU with a slope below the threshold, a largest value and a threshold, for layers of one's own.
constexpr Symbol relu(Symbol x, double negative_slope, double max_value = unlimited, double threshold = 0) {
  const Symbol above = max_value < unlimited ? minimum(x, max_value) : x;
  return select(x > threshold, above, negative_slope == 0 ? constant(x, 0) : negative_slope * (x - threshold));
}

/// min(x, MaxValue) where x > Threshold, NegativeSlope · (x - Threshold) elsewhere. Follows keras.layers.ReLU, in the order of its arguments.
/// x: any shape → y: the same shape. Refused: negative numbers.
///
///     tn::Dense<64>, tn::ReLUWith<6.0>, tn::Dense<64>, tn::ReLUWith<tn::unlimited, 0.1, 1.0>
template <Real MaxValue, Real NegativeSlope = 0.0, Real Threshold = 0.0>
struct ReLUWith : Layer<ReLUWith<MaxValue, NegativeSlope, Threshold>> {
  using Needs = Limits<AtLeast<0>>;
  static constexpr bool in_range = Needs::hold(MaxValue.value, NegativeSlope.value, Threshold.value);
  static constexpr auto call(auto x) { return relu(detail::check_numbers<ReLUWith>(x), NegativeSlope.value, MaxValue.value, Threshold.value); }
};

}  // namespace tenon
