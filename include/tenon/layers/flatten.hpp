// Images as vectors.
#pragma once

#include <tenon/graph/movement.hpp>
#include <tenon/layers/layer.hpp>

namespace tenon {

/// x: (B, ...) → y: (B, product of the rest), in row-major order. Follows keras.layers.Flatten.
///
///     tn::Input<28, 28, 1>, tn::Flatten, tn::Dense<10>  // (B, 784) in between
struct Flatten : Layer<Flatten> {
  static constexpr auto call(auto x) { return x.poisoned ? x : reshape(x, with_batch(shape(static_cast<int>(x.shape().elements())))); }
};

}  // namespace tenon
