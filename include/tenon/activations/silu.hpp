// Sigmoid linear unit.
#pragma once

#include <tenon/graph/reductions.hpp>
#include <tenon/layers/layer.hpp>

namespace tenon {

/// SiLU of a symbol, for layers of one's own.
constexpr Symbol silu(Symbol x) { return x * sigmoid(x); }

/// x · sigmoid(x), also called swish. Follows keras.activations.silu.
/// x: any shape → y: the same shape.
///
///     tn::Dense<64, tn::SiLU>
struct SiLU : Layer<SiLU> {
  static constexpr auto call(auto x) { return silu(x); }
};
using Swish = SiLU;

}  // namespace tenon
