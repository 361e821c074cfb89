// Normally distributed weights.
#pragma once

#include <tenon/core/real.hpp>
#include <tenon/initializers/concept.hpp>

namespace tenon {

/// Normal with this mean and standard deviation. Follows keras.initializers.RandomNormal.
///
///     tn::Dense<64, tn::KernelInitializer<tn::RandomNormal<0.0, 0.01>>>
template <Real Mean = 0.0, Real Stddev = 0.05>
struct RandomNormal {
  void operator()(std::span<float> values, const Shape&, Random& random) const {
    for (float& v : values) v = static_cast<float>(Mean.value + Stddev.value * detail::normal(random));
  }
};

/// The same without values beyond two standard deviations. Follows keras.initializers.TruncatedNormal.
///
///     tn::Dense<64, tn::KernelInitializer<tn::TruncatedNormal<0.0, 0.02>>>
template <Real Mean = 0.0, Real Stddev = 0.05>
struct TruncatedNormal {
  void operator()(std::span<float> values, const Shape&, Random& random) const { detail::fill_truncated_normal(values, random, Mean.value, Stddev.value); }
};

}  // namespace tenon
