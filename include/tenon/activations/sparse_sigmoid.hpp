// Sigmoid that is exactly 0 and 1 outside of [-1, 1].
#pragma once

#include <tenon/graph/elementwise.hpp>
#include <tenon/layers/layer.hpp>

namespace tenon {

/// SparseSigmoid of a symbol, for layers of one's own.
constexpr Symbol sparse_sigmoid(Symbol x) { return clip(0.5 * x + 0.5, 0, 1); }

/// (x + 1) / 2, limited to [0, 1]: the derivative of SparsePlus. Follows keras.activations.sparse_sigmoid.
/// x: any shape → y: the same shape.
///
///     tn::Dense<64, tn::SparseSigmoid>
struct SparseSigmoid : Layer<SparseSigmoid> {
  static constexpr auto call(auto x) { return sparse_sigmoid(x); }
};

}  // namespace tenon
