// Dropout of whole channels.
#pragma once

#include <tenon/layers/dropout.hpp>

namespace tenon {
namespace detail {

/// Dropout that draws one number for each channel of each sample.
template <int Axes>
constexpr Symbol drop_channels(Symbol x, double rate) {
  x = in_range<AtLeast<0>, Below<1>>(x, rate);
  if (x.poisoned) return x;
  Shape noise = x.shape();
  if (noise.rank != Axes + 2) return mistake(x, Problem::not_an_image, noise.sample());
  for (int i = 1; i + 1 < noise.rank; ++i) noise.extent[i] = 1;
  return x.training() && rate > 0 ? dropped(x, rate, noise) : x;
}

}  // namespace detail

/// While training, sets a fraction Rate of the channels of each sample to zero, at all steps, and scales the others by 1 / (1 - Rate).
/// x: (B, T, C) → y: the same shape. Follows keras.layers.SpatialDropout1D (Tompson et al. 2014). Refused: a rate that is not in [0, 1); x of another rank.
///
///     tn::Conv1D<32, tn::Kernel<5>, tn::ReLU>, tn::SpatialDropout1D<0.2>
template <Real Rate>
struct SpatialDropout1D : Layer<SpatialDropout1D<Rate>> {
  static constexpr auto call(auto x) { return detail::drop_channels<1>(x, Rate.value); }
};
/// The same of images, (B, H, W, C). Follows keras.layers.SpatialDropout2D.
template <Real Rate>
struct SpatialDropout2D : Layer<SpatialDropout2D<Rate>> {
  static constexpr auto call(auto x) { return detail::drop_channels<2>(x, Rate.value); }
};
/// The same of volumes, (B, D, H, W, C). Follows keras.layers.SpatialDropout3D.
template <Real Rate>
struct SpatialDropout3D : Layer<SpatialDropout3D<Rate>> {
  static constexpr auto call(auto x) { return detail::drop_channels<3>(x, Rate.value); }
};

}  // namespace tenon
