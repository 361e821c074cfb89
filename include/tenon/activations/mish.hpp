// Self-regularized smooth rectifier.
#pragma once

#include <tenon/graph/elementwise.hpp>
#include <tenon/layers/layer.hpp>

namespace tenon {

/// Mish of a symbol, for layers of one's own.
constexpr Symbol mish(Symbol x) { return x * tanh(softplus(x)); }

/// x · tanh(log(1 + exp(x))) (Misra 2019). Follows keras.activations.mish.
/// x: any shape → y: the same shape.
///
///     tn::Dense<64, tn::Mish>
struct Mish : Layer<Mish> {
  static constexpr auto call(auto x) { return mish(x); }
};

}  // namespace tenon
