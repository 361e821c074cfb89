// Layers that join several tensors: Add, Multiply, Concatenate.
#pragma once

#include <tenon/graph/elementwise.hpp>
#include <tenon/graph/movement.hpp>
#include <tenon/layers/layer.hpp>

namespace tenon {

/// The sum of its inputs. Follows keras.layers.Add.
/// Inputs: of one shape, or of shapes that can be broadcast. Refused: others.
///
///     tn::Add add;  // a member of a model; in its call: add(x, y), the same as x + y
struct Add : Layer<Add> {
  static constexpr auto call(auto first, auto... rest) { return (first + ... + rest); }
};

/// The product of its inputs, element by element. Follows keras.layers.Multiply.
/// Inputs: of one shape, or of shapes that can be broadcast. Refused: others.
///
///     tn::Multiply multiply;  // a member of a model; in its call: multiply(x, gate)
struct Multiply : Layer<Multiply> {
  static constexpr auto call(auto first, auto... rest) { return (first * ... * rest); }
};

/// Its inputs one after the other along an axis. Follows keras.layers.Concatenate.
/// Where: the axis; the batch is axis 0, and `Concatenate` takes the last.
/// Inputs: (B, …) with equal extents on all other axes → (B, …). Refused: inputs that differ in another extent; the batch as axis.
///
///     tn::Concatenate join;  // a member of a model; in its call: join(a, b)
template <int Where = -1>
struct ConcatenateWith : Layer<ConcatenateWith<Where>> {
  static constexpr auto call(auto first, auto... rest) { return concatenate(axis<Where>, first, rest...); }
};
using Concatenate = ConcatenateWith<>;

}  // namespace tenon
