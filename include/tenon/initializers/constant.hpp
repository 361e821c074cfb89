// Weights that start at one number.
#pragma once

#include <algorithm>

#include <tenon/core/real.hpp>
#include <tenon/initializers/concept.hpp>

namespace tenon {

/// Every element is `Value`. Follows keras.initializers.Constant.
template <Real Value>
struct Constant {
  void operator()(std::span<float> values, const Shape&, Random&) const { std::fill(values.begin(), values.end(), static_cast<float>(Value.value)); }
};
struct Zeros : Constant<0.0> {};
struct Ones : Constant<1.0> {};

}  // namespace tenon
