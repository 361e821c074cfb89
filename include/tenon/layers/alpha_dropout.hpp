// Dropout that keeps mean and variance, for SELU.
#pragma once

#include <tenon/layers/dropout.hpp>

namespace tenon {

/// While training, sets a fraction Rate of the elements to the limit of SELU, -1.7581, and moves and scales all so that inputs of mean 0 and
/// variance 1 keep both; otherwise x. Follows keras.layers.AlphaDropout (Klambauer et al. 2017).
/// Rate: 0 <= Rate < 1; others are refused. x: any shape → y: the same shape. Options: `NoiseShape<…>`, as of Dropout.
///
///     tn::Dense<64, tn::SELU, tn::KernelInitializer<tn::LecunNormal>>, tn::AlphaDropout<0.1>
template <Real Rate, class... Options>
struct AlphaDropout : Layer<AlphaDropout<Rate, Options...>> {
  using Takes = tenon::Takes<OptionOf::noise_shape>;

  static constexpr auto call(auto x) {
    x = Takes::template check<Options...>(detail::in_range<AtLeast<0>, Below<1>>(x, Rate.value));
    if (x.poisoned) return x;
    Shape noise = x.shape();
    if constexpr (has_option<OptionOf::noise_shape, Options...>) noise = detail::noise_shape<option<OptionOf::noise_shape, void, Options...>>(x);
    if (x.poisoned || !x.training() || Rate.value == 0) return x;
    constexpr double limit = -1.7580993408473766, rate = Rate.value;
    const Symbol a = rsqrt(constant(x, (1 - rate) * (1 + rate * limit * limit)));
    return a * (select(random_uniform(x, noise) >= rate, x, limit) - limit * rate);
  }
};

}  // namespace tenon
