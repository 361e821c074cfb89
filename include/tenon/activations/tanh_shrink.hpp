// What the hyperbolic tangent leaves.
#pragma once

#include <tenon/graph/elementwise.hpp>
#include <tenon/layers/layer.hpp>

namespace tenon {

/// Tanh shrinkage of a symbol, for layers of one's own.
constexpr Symbol tanh_shrink(Symbol x) { return x - tanh(x); }

/// x - tanh(x). Follows keras.activations.tanh_shrink.
/// x: any shape → y: the same shape.
///
///     tn::Dense<64, tn::TanhShrink>
struct TanhShrink : Layer<TanhShrink> {
  static constexpr auto call(auto x) { return tanh_shrink(x); }
};

}  // namespace tenon
