// Gaussian error linear unit.
#pragma once

#include <tenon/graph/reductions.hpp>
#include <tenon/layers/layer.hpp>

namespace tenon {

/// GELU of a symbol, for layers of one's own.
constexpr Symbol gelu(Symbol x) { return x * normal_cdf(x); }
/// The same by a hyperbolic tangent, written as the sigmoid that it is so that nothing cancels below zero.
constexpr Symbol approximate_gelu(Symbol x) { return x * sigmoid(1.5957691216057308 * x * (1 + 0.044715 * square(x))); }

/// x · Φ(x) with the exact normal distribution, x / 2 · (1 + erf(x / √2)). Follows keras.activations.gelu(approximate=False).
/// x: any shape → y: the same shape.
///
///     tn::Dense<64, tn::GELU>
struct GELU : Layer<GELU> {
  static constexpr auto call(auto x) { return gelu(x); }
};

/// x / 2 · (1 + tanh(√(2 / π) · (x + 0.044715 x³))). Follows keras.activations.gelu(approximate=True).
/// x: any shape → y: the same shape.
///
///     tn::Dense<64, tn::ApproximateGELU>
struct ApproximateGELU : Layer<ApproximateGELU> {
  static constexpr auto call(auto x) { return approximate_gelu(x); }
};

}  // namespace tenon
