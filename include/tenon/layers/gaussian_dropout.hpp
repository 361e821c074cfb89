// Noise that is multiplied.
#pragma once

#include <tenon/core/real.hpp>
#include <tenon/graph/elementwise.hpp>
#include <tenon/graph/refuse.hpp>
#include <tenon/layers/layer.hpp>

namespace tenon {

/// While training, x · (1 + √(Rate / (1 - Rate)) · n) with normally distributed n, new in each step: the mean and the variance of Dropout;
/// otherwise x. Follows keras.layers.GaussianDropout (Srivastava et al. 2014).
/// Rate: 0 <= Rate < 1; others are refused. x: any shape → y: the same shape.
///
///     tn::Dense<512, tn::ReLU>, tn::GaussianDropout<0.2>
template <Real Rate>
struct GaussianDropout : Layer<GaussianDropout<Rate>> {
  static constexpr auto call(auto x) {
    x = detail::in_range<AtLeast<0>, Below<1>>(x, Rate.value);
    if (x.poisoned || !x.training() || Rate.value == 0) return x;
    const Symbol stddev = sqrt(constant(x, Rate.value / (1 - Rate.value)));
    return x * (1 + stddev * random_normal(x, x.shape()));
  }
};

}  // namespace tenon
