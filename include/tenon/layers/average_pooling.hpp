// Pooling of sequences, images and volumes by their means.
#pragma once

#include <tenon/layers/pooling.hpp>

namespace tenon {

/// The mean of each window, channel by channel; padding does not count. Follows keras.layers.AveragePooling1D.
/// x: (B, Steps, C) → y: (B, Steps', C). As `AveragePooling2D`.
///
///     tn::AveragePooling1D<2>, tn::AveragePooling1D<3, tn::Strides<2>, tn::Same>
template <int Pool = 2, class... Options>
struct AveragePooling1D : Layer<AveragePooling1D<Pool, Options...>> {
  static constexpr auto call(auto x) { return detail::pooling<Op::average_pool, Kernel<Pool>, Options...>(x); }
};

/// The mean of each window, channel by channel; padding does not count. Follows keras.layers.AveragePooling2D.
/// x: (B, H, W, C) → y: (B, H', W', C); Valid (the default): H' = (H - Height) / stride + 1; Same: H' = ceil(H / stride).
/// Height, Width: the pool. Options: `Strides<…>` (default: the pool's size), `Same` or `Valid`.
/// Refused: a pool or strides below 1; x that is not an image; a pool larger than the image (unless Same).
///
///     tn::AveragePooling2D<2, 2>, tn::AveragePooling2D<3, 3, tn::Strides<2, 2>, tn::Same>
template <int Height = 2, int Width = Height, class... Options>
struct AveragePooling2D : Layer<AveragePooling2D<Height, Width, Options...>> {
  static constexpr auto call(auto x) { return detail::pooling<Op::average_pool, Kernel<Height, Width>, Options...>(x); }
};

/// The mean of each window, channel by channel; padding does not count. Follows keras.layers.AveragePooling3D.
/// x: (B, D, H, W, C) → y: (B, D', H', W', C). As `AveragePooling2D`.
///
///     tn::AveragePooling3D<2>, tn::AveragePooling3D<1, 2, 2>
template <int Depth = 2, int Height = Depth, int Width = Height, class... Options>
struct AveragePooling3D : Layer<AveragePooling3D<Depth, Height, Width, Options...>> {
  static constexpr auto call(auto x) { return detail::pooling<Op::average_pool, Kernel<Depth, Height, Width>, Options...>(x); }
};

}  // namespace tenon
