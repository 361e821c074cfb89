// No activation.
#pragma once

#include <tenon/graph/reductions.hpp>
#include <tenon/layers/layer.hpp>

namespace tenon {

/// x. Follows keras.activations.linear.
/// x: any shape → y: the same shape.
///
///     tn::Dense<64, tn::Linear>
struct Linear : Layer<Linear> {
  static constexpr auto call(auto x) { return x; }
};

}  // namespace tenon
