// Inputs in another range.
#pragma once

#include <tenon/core/real.hpp>
#include <tenon/graph/elementwise.hpp>
#include <tenon/layers/layer.hpp>

namespace tenon {

/// x · Scale + Offset. Follows keras.layers.Rescaling.
/// x: any shape → y: the same shape, float.
///
///     tn::Input<28, 28, 1>, tn::Rescaling<1.0 / 127.5, -1.0>  // pixels of 0 … 255 in [-1, 1]
template <Real Scale, Real Offset = 0.0>
struct Rescaling : Layer<Rescaling<Scale, Offset>> {
  static constexpr auto call(auto x) { return x * Scale.value + Offset.value; }
};

}  // namespace tenon
