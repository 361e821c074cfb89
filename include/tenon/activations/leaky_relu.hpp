// Rectifier with a slope on both sides.
#pragma once

#include <tenon/core/real.hpp>
#include <tenon/graph/reductions.hpp>
#include <tenon/layers/layer.hpp>

namespace tenon {

constexpr Symbol leaky_relu(Symbol x, double negative_slope = 0.2) { return select(x > 0, x, negative_slope * x); }

/// x where x > 0, NegativeSlope · x elsewhere. `LeakyReLU` has NegativeSlope = 0.3; LeakyReLUWith<NegativeSlope> another. Follows keras.layers.LeakyReLU; the function leaky_relu has Keras's slope for functions, 0.2.
template <Real NegativeSlope>
struct LeakyReLUWith : Layer<LeakyReLUWith<NegativeSlope>> {
  static constexpr auto call(auto x) { return leaky_relu(x, NegativeSlope.value); }
};
using LeakyReLU = LeakyReLUWith<0.3>;

}  // namespace tenon
