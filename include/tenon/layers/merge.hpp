// Layers that join several tensors: Add, Multiply, Concatenate.
#pragma once

#include <tenon/graph/elementwise.hpp>
#include <tenon/graph/movement.hpp>
#include <tenon/layers/layer.hpp>

namespace tenon {

/// The sum of its inputs, with broadcasting. Follows keras.layers.Add.
struct Add : Layer<Add> {
  static constexpr auto call(auto first, auto... rest) { return (first + ... + rest); }
};

/// The product of its inputs, element by element, with broadcasting. Follows keras.layers.Multiply.
struct Multiply : Layer<Multiply> {
  static constexpr auto call(auto first, auto... rest) { return (first * ... * rest); }
};

/// Its inputs one after the other along an axis (the last, unless ConcatenateWith<axis> says another), which counts the batch as axis 0. Follows keras.layers.Concatenate.
/// Refused: inputs that differ in another extent.
template <int Where = -1>
struct ConcatenateWith : Layer<ConcatenateWith<Where>> {
  static constexpr auto call(auto first, auto... rest) { return concatenate(axis<Where>, first, rest...); }
};
using Concatenate = ConcatenateWith<>;

}  // namespace tenon
