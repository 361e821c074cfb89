// The hyperbolic tangent as three straight lines.
#pragma once

#include <tenon/graph/elementwise.hpp>
#include <tenon/layers/layer.hpp>

namespace tenon {

/// Hard tanh of a symbol, for layers of one's own.
constexpr Symbol hard_tanh(Symbol x) { return clip(x, -1, 1); }

/// x limited to [-1, 1]. Follows keras.activations.hard_tanh.
/// x: any shape → y: the same shape.
///
///     tn::Dense<64, tn::HardTanh>
struct HardTanh : Layer<HardTanh> {
  static constexpr auto call(auto x) { return hard_tanh(x); }
};

}  // namespace tenon
