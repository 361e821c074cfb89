// One number per channel of an image: the mean.
#pragma once

#include <tenon/graph/reductions.hpp>
#include <tenon/layers/layer.hpp>

namespace tenon {

/// The mean of each channel over height and width. x: (B, H, W, C) → y: (B, C). Follows keras.layers.GlobalAveragePooling2D.
/// Refused: x that is not an image.
///
///     tn::Conv2D<64, tn::Kernel<3, 3>>, tn::GlobalAveragePooling2D, tn::Dense<10>
struct GlobalAveragePooling2D : Layer<GlobalAveragePooling2D> {
  static constexpr auto call(auto x) {
    if (!x.poisoned && x.shape().rank != 4) return detail::mistake(x, Problem::not_an_image, x.shape().sample());
    return mean(x, axis<1, 2>);
  }
};

}  // namespace tenon
