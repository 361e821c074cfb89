// Pooling of images by their largest values.
#pragma once

#include <tenon/layers/options.hpp>

namespace tenon {

/// The largest value of each window, channel by channel. Follows keras.layers.MaxPooling2D.
/// x: (B, H, W, C) → y: (B, H', W', C); Valid (the default): H' = (H - Height) / stride + 1; Same: H' = ceil(H / stride).
/// Height, Width: the pool. Options: `Strides<…>` (default: the pool's size), `Same` or `Valid`.
/// Refused: x that is not an image; a pool larger than the image (unless Same).
///
///     tn::MaxPooling2D<2, 2>, tn::MaxPooling2D<3, 3, tn::Strides<2, 2>, tn::Same>
template <int Height = 2, int Width = Height, class... Options>
struct MaxPooling2D : Layer<MaxPooling2D<Height, Width, Options...>> {
  static_assert(Height > 0 && Width > 0, "Tenon: MaxPooling2D needs a pool of at least 1 x 1");
  using Takes = detail::Takes<OptionOf::strides, OptionOf::padding>;
  static_assert(Takes::template check<MaxPooling2D, Options...>);

  using Stride = option<OptionOf::strides, Strides<Height, Width>, Options...>;
  static constexpr Padding padding = option<OptionOf::padding, Valid, Options...>::value;

  static constexpr auto call(auto x) {
    if (!x.poisoned && x.shape().rank != 4) return detail::mistake(x, Problem::not_an_image, x.shape().sample());
    return max_pool(x, detail::window_of<Kernel<Height, Width>, Stride, DilationRate<1>>(4), padding);
  }
};

}  // namespace tenon
