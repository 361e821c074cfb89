// Dropout.
#pragma once

#include <tenon/core/real.hpp>
#include <tenon/graph/elementwise.hpp>
#include <tenon/layers/takes.hpp>

namespace tenon {
namespace detail {

/// x with zeros for a fraction `rate` of `noise`, a shape that can be broadcast to x's, and the others scaled by 1 / (1 - rate).
constexpr Symbol dropped(Symbol x, double rate, const Shape& noise) {
  return select(random_uniform(x, noise) >= rate, x * (1 / (1 - rate)), 0);
}
/// The shape of x with the extents of a NoiseShape that are not -1. Refused: one of another rank, and extents that are neither 1 nor x's.
template <class Option>
constexpr Shape noise_shape(Symbol& x) {
  Shape noise = x.shape();
  if (Option::rank + 1 != noise.rank) {
    x = mistake(x, Problem::shapes_cannot_be_broadcast, x.shape(), noise.slice(0, 0));
    return noise;
  }
  for (int i = 0; i < Option::rank; ++i)
    if (Option::extents[i] != -1) noise.extent[i + 1] = Option::extents[i];
  Shape common;
  if (!broadcast(noise, x.shape(), common) || !(common == x.shape())) x = mistake(x, Problem::shapes_cannot_be_broadcast, x.shape(), noise);
  return noise;
}

}  // namespace detail

/// While training, sets a fraction Rate of the elements to zero and scales the others by 1 / (1 - Rate); otherwise x.
/// Which ones is drawn anew in each step, from the seed of fit. Follows keras.layers.Dropout (Srivastava et al. 2014).
/// Rate: 0 <= Rate < 1; others are refused. x: any shape → y: the same shape.
/// Options: `NoiseShape<1, -1>`, the shape of what is drawn, without the batch; 1 drops all along an axis together.
///
///     tn::Dense<512, tn::ReLU>, tn::Dropout<0.2>
template <Real Rate, class... Options>
struct Dropout : Layer<Dropout<Rate, Options...>> {
  using Takes = tenon::Takes<OptionOf::noise_shape>;

  static constexpr auto call(auto x) {
    x = Takes::template check<Options...>(detail::in_range<AtLeast<0>, Below<1>>(x, Rate.value));
    if (x.poisoned) return x;
    Shape noise = x.shape();
    if constexpr (has_option<OptionOf::noise_shape, Options...>) noise = detail::noise_shape<option<OptionOf::noise_shape, void, Options...>>(x);
    if (x.poisoned || !x.training() || Rate.value == 0) return x;
    return detail::dropped(x, Rate.value, noise);
  }
};

}  // namespace tenon
