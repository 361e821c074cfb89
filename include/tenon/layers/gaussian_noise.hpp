// Noise that is added.
#pragma once

#include <tenon/core/real.hpp>
#include <tenon/graph/elementwise.hpp>
#include <tenon/graph/refuse.hpp>
#include <tenon/layers/layer.hpp>

namespace tenon {

/// While training, x + Stddev · n with normally distributed n, new in each step; otherwise x. Follows keras.layers.GaussianNoise.
/// Stddev: the standard deviation; a negative one is refused. x: any shape → y: the same shape.
///
///     tn::Input<8>, tn::GaussianNoise<0.1>, tn::Dense<64>
template <Real Stddev>
struct GaussianNoise : Layer<GaussianNoise<Stddev>> {
  static constexpr auto call(auto x) {
    x = detail::in_range<AtLeast<0>>(x, Stddev.value);
    if (x.poisoned || !x.training() || Stddev.value == 0) return x;
    return x + Stddev.value * random_normal(x, x.shape());
  }
};

}  // namespace tenon
