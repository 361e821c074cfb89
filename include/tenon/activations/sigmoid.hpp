// Logistic function.
#pragma once

#include <tenon/graph/reductions.hpp>
#include <tenon/layers/layer.hpp>

namespace tenon {

/// 1 / (1 + exp(-x)). Follows keras.activations.sigmoid.
/// x: any shape → y: the same shape.
///
///     tn::Dense<64, tn::Sigmoid>
struct Sigmoid : Layer<Sigmoid> {
  static constexpr auto call(auto x) { return sigmoid(x); }
};

}  // namespace tenon
