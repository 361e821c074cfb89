// A function as a layer.
#pragma once

#include <tenon/layers/layer.hpp>

namespace tenon {

/// What a function of symbols returns. It has no weights: a struct with `call` may have some. Follows keras.layers.Lambda.
/// Function: a constexpr function, or a lambda that captures nothing (nvcc wants a function).
///
///     constexpr tn::Symbol negated(tn::Symbol x) { return -x; }
///     tn::Dense<64>, tn::Lambda<negated>, tn::Lambda<[](auto x) { return square(x); }>
template <auto Function>
struct Lambda : Layer<Lambda<Function>> {
  static constexpr auto call(auto... x) { return Function(x...); }
};

}  // namespace tenon
