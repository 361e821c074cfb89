// Rectifier with a slope on both sides.
#pragma once

#include <tenon/core/real.hpp>
#include <tenon/graph/reductions.hpp>
#include <tenon/graph/refuse.hpp>
#include <tenon/layers/layer.hpp>

namespace tenon {

/// LeakyReLU of a symbol, for layers of one's own, with the slope that Keras has for the function.
constexpr Symbol leaky_relu(Symbol x, double negative_slope = 0.2) { return select(x > 0, x, negative_slope * x); }

/// x where x > 0, NegativeSlope · x elsewhere. Follows keras.layers.LeakyReLU.
/// NegativeSlope: that below 0; `LeakyReLU` has 0.3, `LeakyReLUWith<0.2>` another. Refused: a negative one.
/// x: any shape → y: the same shape.
///
///     tn::Dense<64, tn::LeakyReLU>, tn::Dense<64, tn::LeakyReLUWith<0.1>>
template <Real NegativeSlope>
struct LeakyReLUWith : Layer<LeakyReLUWith<NegativeSlope>> {
  using Needs = Limits<AtLeast<0>>;
  static constexpr bool in_range = Needs::hold(NegativeSlope.value);
  static constexpr auto call(auto x) { return leaky_relu(detail::check_numbers<LeakyReLUWith>(x), NegativeSlope.value); }
};
using LeakyReLU = LeakyReLUWith<0.3>;

}  // namespace tenon
