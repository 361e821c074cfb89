// Dropout.
#pragma once

#include <tenon/core/real.hpp>
#include <tenon/graph/elementwise.hpp>
#include <tenon/graph/refuse.hpp>
#include <tenon/layers/layer.hpp>

namespace tenon {

/// While training, sets a fraction Rate of the elements to zero and scales the others by 1 / (1 - Rate); otherwise x.
/// Which ones is drawn anew in each step, from the seed of fit. Follows keras.layers.Dropout (Srivastava et al. 2014).
/// Rate: 0 <= Rate < 1; others are refused. x: any shape → y: the same shape.
///
///     tn::Dense<512, tn::ReLU>, tn::Dropout<0.2>
template <Real Rate>
struct Dropout : Layer<Dropout<Rate>> {
  static constexpr auto call(auto x) {
    x = detail::in_range<AtLeast<0>, Below<1>>(x, Rate.value);
    if (x.poisoned || !x.training() || Rate.value == 0) return x;
    return select(random_uniform(x, x.shape()) >= Rate.value, x * (1 / (1 - Rate.value)), 0);
  }
};

}  // namespace tenon
