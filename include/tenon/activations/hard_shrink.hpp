// Small values set to zero.
#pragma once

#include <tenon/core/real.hpp>
#include <tenon/graph/elementwise.hpp>
#include <tenon/graph/refuse.hpp>
#include <tenon/layers/layer.hpp>

namespace tenon {

/// Hard shrinkage of a symbol, for layers of one's own.
constexpr Symbol hard_shrink(Symbol x, double threshold = 0.5) { return select(abs(x) > threshold, x, 0); }

/// x where |x| > Threshold, 0 elsewhere. Follows keras.activations.hard_shrink.
/// Threshold: `HardShrink` has 0.5, `HardShrinkWith<0.1>` another. Refused: a negative one.
/// x: any shape → y: the same shape.
///
///     tn::Dense<64, tn::HardShrink>
template <Real Threshold>
struct HardShrinkWith : Layer<HardShrinkWith<Threshold>> {
  using Needs = Limits<AtLeast<0>>;
  static constexpr bool in_range = Needs::hold(Threshold.value);
  static constexpr auto call(auto x) { return hard_shrink(detail::check_numbers<HardShrinkWith>(x), Threshold.value); }
};
using HardShrink = HardShrinkWith<0.5>;

}  // namespace tenon
