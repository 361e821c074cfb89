// Softplus that is exactly zero below -1.
#pragma once

#include <tenon/graph/elementwise.hpp>
#include <tenon/layers/layer.hpp>

namespace tenon {

/// SparsePlus of a symbol, for layers of one's own.
constexpr Symbol sparse_plus(Symbol x) { return select(x < 1, 0.25 * square(maximum(minimum(x, 1) + 1, 0)), x); }

/// 0 where x <= -1, (x + 1)² / 4 between, x where x >= 1. Follows keras.activations.sparse_plus.
/// x: any shape → y: the same shape.
///
///     tn::Dense<64, tn::SparsePlus>
struct SparsePlus : Layer<SparsePlus> {
  static constexpr auto call(auto x) { return sparse_plus(x); }
};

}  // namespace tenon
