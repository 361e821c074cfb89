// Exponential function.
#pragma once

#include <tenon/graph/elementwise.hpp>
#include <tenon/layers/layer.hpp>

namespace tenon {

/// exp(x), for instance for the rate of a Poisson loss. Follows keras.activations.exponential.
/// x: any shape → y: the same shape.
///
///     tn::Dense<1, tn::Exponential>
struct Exponential : Layer<Exponential> {
  static constexpr auto call(auto x) { return exp(x); }
};

}  // namespace tenon
