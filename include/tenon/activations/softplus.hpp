// Smooth rectifier.
#pragma once

#include <tenon/graph/reductions.hpp>
#include <tenon/layers/layer.hpp>

namespace tenon {

/// log(1 + exp(x)). Follows keras.activations.softplus.
/// x: any shape → y: the same shape.
///
///     tn::Dense<64, tn::Softplus>
struct Softplus : Layer<Softplus> {
  static constexpr auto call(auto x) { return softplus(x); }
};

}  // namespace tenon
