// Rectified linear unit with an upper limit.
#pragma once

#include <tenon/graph/elementwise.hpp>
#include <tenon/layers/layer.hpp>

namespace tenon {

/// ReLU6 of a symbol, for layers of one's own.
constexpr Symbol relu6(Symbol x) { return clip(x, 0, 6); }

/// min(max(x, 0), 6). Follows keras.activations.relu6.
/// x: any shape → y: the same shape.
///
///     tn::Dense<64, tn::ReLU6>
struct ReLU6 : Layer<ReLU6> {
  static constexpr auto call(auto x) { return relu6(x); }
};

}  // namespace tenon
