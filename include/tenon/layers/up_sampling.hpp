// Larger sequences, images and volumes.
#pragma once

#include <tenon/layers/interpolation.hpp>

namespace tenon {
namespace detail {

template <class Size, class... Options>
constexpr Symbol up_sampling(Symbol x) {
  constexpr Interpolation how = option<OptionOf::interpolation, Nearest, Options...>::value;
  if constexpr (!Size::in_range) x = refuse<AtLeast<1>>(x, Problem::value_out_of_range);
  x = image_for<Size::rank>(x);
  for (int i = 0; i < Size::rank; ++i) x = x.poisoned ? x : how == Interpolation::nearest ? repeat(x, i + 1, Size::sizes[i]) : resize(x, i + 1, x.shape()[i + 1] * Size::sizes[i], how);
  return x;
}

}  // namespace detail

/// Each step so many times. x: (B, Steps, C) → y: (B, Steps · Size, C). Follows keras.layers.UpSampling1D.
///
///     tn::UpSampling1D<2>
template <int Size = 2>
struct UpSampling1D : Layer<UpSampling1D<Size>> {
  static constexpr auto call(auto x) { return detail::up_sampling<Kernel<Size>>(x); }
};

/// Each pixel so many times along each axis, or what an interpolation makes of it. x: (B, H, W, C) → y: (B, H · Height, W · Width, C).
/// Follows keras.layers.UpSampling2D. Options: `Nearest` (the default), `Bilinear`, `Bicubic`, `Lanczos3`, `Lanczos5`.
/// Refused: numbers below 1; x that is not an image.
///
///     tn::UpSampling2D<2, 2>, tn::UpSampling2D<2, 2, tn::Bilinear>
template <int Height = 2, int Width = Height, class... Options>
struct UpSampling2D : Layer<UpSampling2D<Height, Width, Options...>> {
  static constexpr auto call(auto x) {
    return detail::up_sampling<Kernel<Height, Width>, Options...>(Takes<OptionOf::interpolation>::check<Options...>(x));
  }
};

/// Each voxel so many times along each axis. x: (B, D, H, W, C) → y: (B, D · Depth, H · Height, W · Width, C). Follows keras.layers.UpSampling3D.
///
///     tn::UpSampling3D<2>
template <int Depth = 2, int Height = Depth, int Width = Height>
struct UpSampling3D : Layer<UpSampling3D<Depth, Height, Width>> {
  static constexpr auto call(auto x) { return detail::up_sampling<Kernel<Depth, Height, Width>>(x); }
};

}  // namespace tenon
