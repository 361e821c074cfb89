// The same elements under another shape.
#pragma once

#include <tenon/graph/movement.hpp>
#include <tenon/layers/layer.hpp>

namespace tenon {

/// x: (B, ...) → y: (B, Extents...), in row-major order; one extent may be -1 and is then inferred. Follows keras.layers.Reshape.
/// Refused: a shape with another number of elements.
///
///     tn::Input<784>, tn::Reshape<28, 28, 1>, tn::Conv2D<8, tn::Kernel<3, 3>>
template <int... Extents>
struct Reshape : Layer<Reshape<Extents...>> {
  static_assert(((Extents > 0 || Extents == -1) && ...), "Tenon: an extent of Reshape is positive, or -1 for the one that is inferred");
  static_assert((0 + ... + (Extents == -1)) <= 1, "Tenon: Reshape can infer one extent only");

  static constexpr auto call(auto x) {
    constexpr int known = static_cast<int>((1L * ... * (Extents == -1 ? 1 : Extents)));
    const int inferred = static_cast<int>(x.shape().elements()) / known;
    return reshape(x, with_batch(shape((Extents == -1 ? inferred : Extents)...)));
  }
};

}  // namespace tenon
