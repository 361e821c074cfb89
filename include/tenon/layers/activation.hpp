// An activation as a layer of its own.
#pragma once

#include <tenon/layers/layer.hpp>

namespace tenon {

/// Applies an activation: Activation<ReLU> is ReLU. Follows keras.layers.Activation.
template <class Function>
struct Activation : Layer<Activation<Function>> {
  static constexpr auto call(auto x) { return Function{}.call(x); }
};

}  // namespace tenon
