// Hyperbolic tangent.
#pragma once

#include <tenon/graph/reductions.hpp>
#include <tenon/layers/layer.hpp>

namespace tenon {

/// tanh(x). Follows keras.activations.tanh.
/// x: any shape → y: the same shape.
///
///     tn::Dense<64, tn::Tanh>
struct Tanh : Layer<Tanh> {
  static constexpr auto call(auto x) { return tanh(x); }
};

}  // namespace tenon
