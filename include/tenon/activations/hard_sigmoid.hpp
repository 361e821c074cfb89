// The logistic function as three straight lines.
#pragma once

#include <tenon/graph/elementwise.hpp>
#include <tenon/layers/layer.hpp>

namespace tenon {

/// Hard sigmoid of a symbol, for layers of one's own.
constexpr Symbol hard_sigmoid(Symbol x) { return clip(x + 3, 0, 6) * (1.0 / 6); }

/// x / 6 + 1/2, limited to [0, 1]. Follows keras.activations.hard_sigmoid.
/// x: any shape → y: the same shape.
///
///     tn::Dense<64, tn::HardSigmoid>
struct HardSigmoid : Layer<HardSigmoid> {
  static constexpr auto call(auto x) { return hard_sigmoid(x); }
};

}  // namespace tenon
