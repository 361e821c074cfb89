// Weights that start at one number.
#pragma once

#include <algorithm>

#include <tenon/core/real.hpp>
#include <tenon/initializers/concept.hpp>

namespace tenon {

/// Every element is `Value`. Follows keras.initializers.Constant.
///
///     tn::Dense<64, tn::BiasInitializer<tn::Constant<0.1>>>
template <Real Value>
struct Constant {
  void operator()(std::span<float> values, const Shape&, Random&) const { std::fill(values.begin(), values.end(), static_cast<float>(Value.value)); }
};
/// Every element is 0: how biases start. Follows keras.initializers.Zeros.
struct Zeros : Constant<0.0> {};
/// Every element is 1. Follows keras.initializers.Ones.
struct Ones : Constant<1.0> {};

}  // namespace tenon
