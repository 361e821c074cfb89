// Pooling of images by their largest values.
#pragma once

#include <tenon/layers/with_options.hpp>

namespace tenon {

/// The largest value of each window, channel by channel. Follows keras.layers.MaxPooling2D.
/// x: (B, H, W, C) → y: (B, H', W', C); Valid (the default): H' = (H - Height) / stride + 1; Same: H' = ceil(H / stride).
/// Height, Width: the pool. Options: `Strides<…>` (default: the pool's size), `Same` or `Valid`.
/// Refused: a pool or strides below 1; x that is not an image; a pool larger than the image (unless Same).
///
///     tn::MaxPooling2D<2, 2>, tn::MaxPooling2D<3, 3, tn::Strides<2, 2>, tn::Same>
template <int Height = 2, int Width = Height, class... Options>
struct MaxPooling2D : Layer<MaxPooling2D<Height, Width, Options...>> {
  using Takes = tenon::Takes<OptionOf::strides, OptionOf::padding>;

  using Stride = option<OptionOf::strides, Strides<Height, Width>, Options...>;
  static constexpr Padding padding = option<OptionOf::padding, Valid, Options...>::value;

  static constexpr auto call(auto x) {
    x = Takes::template check<Options...>(detail::in_range<AtLeast<1>>(x, Height, Width));
    if (x.poisoned) return x;
    if (x.shape().rank != 4) return detail::mistake(x, Problem::not_an_image, x.shape().sample());
    return max_pool(x, detail::window_of<Kernel<Height, Width>, Stride, DilationRate<1>>(4), padding);
  }
};

}  // namespace tenon
