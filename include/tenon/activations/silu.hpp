// Sigmoid linear unit.
#pragma once

#include <tenon/graph/reductions.hpp>
#include <tenon/layers/layer.hpp>

namespace tenon {

constexpr Symbol silu(Symbol x) { return x * sigmoid(x); }

/// x · sigmoid(x), also called swish. Follows keras.activations.silu.
struct SiLU : Layer<SiLU> {
  static constexpr auto call(auto x) { return silu(x); }
};

}  // namespace tenon
