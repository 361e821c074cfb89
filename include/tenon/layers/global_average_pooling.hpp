// One number per channel of a sequence, an image or a volume: the mean.
#pragma once

#include <tenon/graph/reductions.hpp>
#include <tenon/layers/with_options.hpp>

namespace tenon {
namespace detail {

template <int Axes, class... Options>
constexpr Symbol global_average_pooling(Symbol x) {
  x = image_for<Axes>(tenon::Takes<OptionOf::keeps_dims>::check<Options...>(x));
  if constexpr (has_option<OptionOf::keeps_dims, Options...>) return mean(x, spatial_axes<Axes>, keep_dims);
  else return mean(x, spatial_axes<Axes>);
}

}  // namespace detail

/// The mean of each channel over all steps. x: (B, Steps, C) → y: (B, C). Follows keras.layers.GlobalAveragePooling1D. As `GlobalAveragePooling2D`.
template <class... Options>
struct GlobalAveragePooling1DWith : Layer<GlobalAveragePooling1DWith<Options...>> {
  static constexpr auto call(auto x) { return detail::global_average_pooling<1, Options...>(x); }
};
using GlobalAveragePooling1D = GlobalAveragePooling1DWith<>;

/// The mean of each channel over height and width. x: (B, H, W, C) → y: (B, C). Follows keras.layers.GlobalAveragePooling2D.
/// `GlobalAveragePooling2DWith<KeepDims>` leaves axes of extent 1: (B, 1, 1, C). Refused: x that is not an image.
///
///     tn::Conv2D<64, tn::Kernel<3, 3>>, tn::GlobalAveragePooling2D, tn::Dense<10>
template <class... Options>
struct GlobalAveragePooling2DWith : Layer<GlobalAveragePooling2DWith<Options...>> {
  static constexpr auto call(auto x) { return detail::global_average_pooling<2, Options...>(x); }
};
using GlobalAveragePooling2D = GlobalAveragePooling2DWith<>;

/// The mean of each channel over depth, height and width. x: (B, D, H, W, C) → y: (B, C). Follows keras.layers.GlobalAveragePooling3D.
/// As `GlobalAveragePooling2D`.
template <class... Options>
struct GlobalAveragePooling3DWith : Layer<GlobalAveragePooling3DWith<Options...>> {
  static constexpr auto call(auto x) { return detail::global_average_pooling<3, Options...>(x); }
};
using GlobalAveragePooling3D = GlobalAveragePooling3DWith<>;

}  // namespace tenon
