// One number per channel of an image: the largest.
#pragma once

#include <tenon/graph/reductions.hpp>
#include <tenon/layers/layer.hpp>

namespace tenon {

/// The largest value of each channel over height and width. x: (B, H, W, C) → y: (B, C). Follows keras.layers.GlobalMaxPooling2D.
/// Refused: x that is not an image.
///
///     tn::Conv2D<64, tn::Kernel<3, 3>>, tn::GlobalMaxPooling2D, tn::Dense<10>
struct GlobalMaxPooling2D : Layer<GlobalMaxPooling2D> {
  static constexpr auto call(auto x) {
    if (!x.poisoned && x.shape().rank != 4) return detail::mistake(x, Problem::not_an_image, x.shape().sample());
    return max(x, axis<1, 2>);
  }
};

}  // namespace tenon
