// Uniformly distributed weights.
#pragma once

#include <tenon/core/real.hpp>
#include <tenon/initializers/concept.hpp>

namespace tenon {

/// Uniform in [Low, High). Follows keras.initializers.RandomUniform.
///
///     tn::Dense<64, tn::KernelInitializer<tn::RandomUniform<-0.1, 0.1>>>
template <Real Low = -0.05, Real High = 0.05>
struct RandomUniform {
  void operator()(std::span<float> values, const Shape&, Random& random) const { detail::fill_uniform(values, random, Low.value, High.value); }
};

}  // namespace tenon
