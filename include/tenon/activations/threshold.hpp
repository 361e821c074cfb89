// Values up to a threshold replaced.
#pragma once

#include <tenon/core/real.hpp>
#include <tenon/graph/elementwise.hpp>
#include <tenon/layers/layer.hpp>

namespace tenon {

/// Threshold of a symbol, for layers of one's own.
constexpr Symbol threshold(Symbol x, double limit, double otherwise) { return select(x > limit, x, otherwise); }

/// x where x > Limit, Otherwise elsewhere. Follows keras.activations.threshold.
/// x: any shape → y: the same shape.
///
///     tn::Dense<64>, tn::Threshold<0.1, 0.0>
template <Real Limit, Real Otherwise>
struct Threshold : Layer<Threshold<Limit, Otherwise>> {
  static constexpr auto call(auto x) { return threshold(x, Limit.value, Otherwise.value); }
};

}  // namespace tenon
