// Sigmoid linear unit with a hard sigmoid.
#pragma once

#include <tenon/activations/hard_sigmoid.hpp>

namespace tenon {

/// Hard SiLU of a symbol, for layers of one's own.
constexpr Symbol hard_silu(Symbol x) { return x * hard_sigmoid(x); }

/// x · hard_sigmoid(x), also called hard swish (Howard et al. 2019). Follows keras.activations.hard_silu.
/// x: any shape → y: the same shape.
///
///     tn::Dense<64, tn::HardSiLU>
struct HardSiLU : Layer<HardSiLU> {
  static constexpr auto call(auto x) { return hard_silu(x); }
};
using HardSwish = HardSiLU;

}  // namespace tenon
