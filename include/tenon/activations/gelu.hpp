// Gaussian error linear unit.
#pragma once

#include <tenon/graph/reductions.hpp>
#include <tenon/layers/layer.hpp>

namespace tenon {

/// GELU of a symbol, for layers of one's own.
constexpr Symbol gelu(Symbol x) { return x * normal_cdf(x); }

/// x · Φ(x) with the exact normal distribution, x / 2 · (1 + erf(x / √2)). Follows keras.activations.gelu(approximate=False).
/// x: any shape → y: the same shape.
///
///     tn::Dense<64, tn::GELU>
struct GELU : Layer<GELU> {
  static constexpr auto call(auto x) { return gelu(x); }
};

}  // namespace tenon
