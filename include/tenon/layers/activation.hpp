// An activation as a layer of its own.
#pragma once

#include <tenon/layers/layer.hpp>

namespace tenon {

/// Applies an activation. Follows keras.layers.Activation.
/// Function: the activation; an activation is a layer itself, so it may also stand alone.
/// x: any shape → y: the same shape.
///
///     tn::Dense<64>, tn::BatchNormalization, tn::Activation<tn::ReLU>
template <class Function>
struct Activation : Layer<Activation<Function>> {
  static constexpr auto call(auto x) { return Function{}.call(x); }
};

}  // namespace tenon
