// Layers that join several tensors: Add, Subtract, Multiply, Average, Maximum, Minimum, Concatenate.
#pragma once

#include <tenon/graph/elementwise.hpp>
#include <tenon/graph/movement.hpp>
#include <tenon/layers/layer.hpp>

namespace tenon {

/// The sum of its inputs. Follows keras.layers.Add.
/// Inputs: of one shape, or of shapes that can be broadcast. Refused: others.
///
///     return tn::Add{}(x, y);  // in the call of a model or layer; the same as x + y
struct Add : Layer<Add> {
  static constexpr auto call(auto first, auto... rest) { return (first + ... + rest); }
};

/// The product of its inputs, element by element. Follows keras.layers.Multiply.
/// Inputs: of one shape, or of shapes that can be broadcast. Refused: others.
///
///     return tn::Multiply{}(x, gate);  // in the call of a model or layer
struct Multiply : Layer<Multiply> {
  static constexpr auto call(auto first, auto... rest) { return (first * ... * rest); }
};

/// The first input minus the second. Follows keras.layers.Subtract.
/// Inputs: of one shape, or of shapes that can be broadcast. Refused: others.
///
///     return tn::Subtract{}(x, y);  // in the call of a model or layer; the same as x - y
struct Subtract : Layer<Subtract> {
  static constexpr auto call(auto x, auto y) { return x - y; }
};

/// The mean of its inputs, element by element. Follows keras.layers.Average.
/// Inputs: of one shape, or of shapes that can be broadcast. Refused: others.
///
///     return tn::Average{}(x, y, z);  // in the call of a model or layer
struct Average : Layer<Average> {
  static constexpr auto call(auto first, auto... rest) { return (first + ... + rest) * (1.0 / (1 + sizeof...(rest))); }
};

/// The largest of its inputs, element by element. Follows keras.layers.Maximum.
/// Inputs: of one shape, or of shapes that can be broadcast. Refused: others.
///
///     return tn::Maximum{}(x, y);  // in the call of a model or layer
struct Maximum : Layer<Maximum> {
  static constexpr auto call(auto first, auto... rest) { return ((first = maximum(first, rest)), ..., first); }
};

/// The smallest of its inputs, element by element. Follows keras.layers.Minimum.
/// Inputs: of one shape, or of shapes that can be broadcast. Refused: others.
///
///     return tn::Minimum{}(x, y);  // in the call of a model or layer
struct Minimum : Layer<Minimum> {
  static constexpr auto call(auto first, auto... rest) { return ((first = minimum(first, rest)), ..., first); }
};

/// Its inputs one after the other along an axis. Follows keras.layers.Concatenate.
/// Where: the axis; the batch is axis 0, and `Concatenate` takes the last.
/// Inputs: (B, …) with equal extents on all other axes → (B, …). Refused: inputs that differ in another extent; the batch as axis.
///
///     return tn::Concatenate{}(a, b);  // in the call of a model or layer
template <int Where = -1>
struct ConcatenateWith : Layer<ConcatenateWith<Where>> {
  static constexpr auto call(auto first, auto... rest) { return concatenate(axis<Where>, first, rest...); }
};
using Concatenate = ConcatenateWith<>;

}  // namespace tenon
