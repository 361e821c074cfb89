// A smooth sign.
#pragma once

#include <tenon/graph/elementwise.hpp>
#include <tenon/layers/layer.hpp>

namespace tenon {

/// Softsign of a symbol, for layers of one's own.
constexpr Symbol softsign(Symbol x) { return x / (1 + abs(x)); }

/// x / (1 + |x|). Follows keras.activations.softsign.
/// x: any shape → y: the same shape.
///
///     tn::Dense<64, tn::Softsign>
struct Softsign : Layer<Softsign> {
  static constexpr auto call(auto x) { return softsign(x); }
};

}  // namespace tenon
