// Pooling of sequences, images and volumes by their largest values.
#pragma once

#include <tenon/layers/pooling.hpp>

namespace tenon {

/// The largest value of each window, channel by channel. Follows keras.layers.MaxPooling1D. x: (B, Steps, C) → y: (B, Steps', C). As `MaxPooling2D`.
///
///     tn::MaxPooling1D<2>, tn::MaxPooling1D<3, tn::Strides<2>, tn::Same>
template <int Pool = 2, class... Options>
struct MaxPooling1D : Layer<MaxPooling1D<Pool, Options...>> {
  static constexpr auto call(auto x) { return detail::pooling<Op::max_pool, Kernel<Pool>, Options...>(x); }
};

/// The largest value of each window, channel by channel. Follows keras.layers.MaxPooling2D.
/// x: (B, H, W, C) → y: (B, H', W', C); Valid (the default): H' = (H - Height) / stride + 1; Same: H' = ceil(H / stride).
/// Height, Width: the pool. Options: `Strides<…>` (default: the pool's size), `Same` or `Valid`.
/// Refused: a pool or strides below 1; x that is not an image; a pool larger than the image (unless Same).
///
///     tn::MaxPooling2D<2, 2>, tn::MaxPooling2D<3, 3, tn::Strides<2, 2>, tn::Same>
template <int Height = 2, int Width = Height, class... Options>
struct MaxPooling2D : Layer<MaxPooling2D<Height, Width, Options...>> {
  static constexpr auto call(auto x) { return detail::pooling<Op::max_pool, Kernel<Height, Width>, Options...>(x); }
};

/// The largest value of each window, channel by channel. Follows keras.layers.MaxPooling3D. x: (B, D, H, W, C) → y: (B, D', H', W', C).
/// As `MaxPooling2D`.
///
///     tn::MaxPooling3D<2>, tn::MaxPooling3D<1, 2, 2>
template <int Depth = 2, int Height = Depth, int Width = Height, class... Options>
struct MaxPooling3D : Layer<MaxPooling3D<Depth, Height, Width, Options...>> {
  static constexpr auto call(auto x) { return detail::pooling<Op::max_pool, Kernel<Depth, Height, Width>, Options...>(x); }
};

}  // namespace tenon
