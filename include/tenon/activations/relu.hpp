// Rectified linear unit.
#pragma once

#include <tenon/graph/reductions.hpp>
#include <tenon/layers/layer.hpp>

namespace tenon {

/// max(x, 0). Follows keras.activations.relu.
/// x: any shape → y: the same shape.
///
///     tn::Dense<64, tn::ReLU>
struct ReLU : Layer<ReLU> {
  static constexpr auto call(auto x) { return relu(x); }
};

}  // namespace tenon
