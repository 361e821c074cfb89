// Values moved towards zero.
#pragma once

#include <tenon/core/real.hpp>
#include <tenon/graph/elementwise.hpp>
#include <tenon/graph/refuse.hpp>
#include <tenon/layers/layer.hpp>

namespace tenon {

/// Soft shrinkage of a symbol, for layers of one's own.
constexpr Symbol soft_shrink(Symbol x, double threshold = 0.5) { return x - clip(x, -threshold, threshold); }

/// x - Threshold where x > Threshold, x + Threshold where x < -Threshold, 0 between. Follows keras.activations.soft_shrink.
/// Threshold: `SoftShrink` has 0.5, `SoftShrinkWith<0.1>` another. Refused: a negative one.
/// x: any shape → y: the same shape.
///
///     tn::Dense<64, tn::SoftShrink>
template <Real Threshold>
struct SoftShrinkWith : Layer<SoftShrinkWith<Threshold>> {
  using Needs = Limits<AtLeast<0>>;
  static constexpr bool in_range = Needs::hold(Threshold.value);
  static constexpr auto call(auto x) { return soft_shrink(detail::check_numbers<SoftShrinkWith>(x), Threshold.value); }
};
using SoftShrink = SoftShrinkWith<0.5>;

}  // namespace tenon
