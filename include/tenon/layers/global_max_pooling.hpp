// One number per channel of a sequence, an image or a volume: the largest.
#pragma once

#include <tenon/graph/reductions.hpp>
#include <tenon/layers/with_options.hpp>

namespace tenon {
namespace detail {

template <int Axes, class... Options>
constexpr Symbol global_max_pooling(Symbol x) {
  x = image_for<Axes>(tenon::Takes<OptionOf::keeps_dims>::check<Options...>(x));
  if constexpr (has_option<OptionOf::keeps_dims, Options...>) return max(x, spatial_axes<Axes>, keep_dims);
  else return max(x, spatial_axes<Axes>);
}

}  // namespace detail

/// The largest value of each channel over all steps. x: (B, Steps, C) → y: (B, C). Follows keras.layers.GlobalMaxPooling1D. As `GlobalMaxPooling2D`.
template <class... Options>
struct GlobalMaxPooling1DWith : Layer<GlobalMaxPooling1DWith<Options...>> {
  static constexpr auto call(auto x) { return detail::global_max_pooling<1, Options...>(x); }
};
using GlobalMaxPooling1D = GlobalMaxPooling1DWith<>;

/// The largest value of each channel over height and width. x: (B, H, W, C) → y: (B, C). Follows keras.layers.GlobalMaxPooling2D.
/// `GlobalMaxPooling2DWith<KeepDims>` leaves axes of extent 1: (B, 1, 1, C). Refused: x that is not an image.
///
///     tn::Conv2D<64, tn::Kernel<3, 3>>, tn::GlobalMaxPooling2D, tn::Dense<10>
template <class... Options>
struct GlobalMaxPooling2DWith : Layer<GlobalMaxPooling2DWith<Options...>> {
  static constexpr auto call(auto x) { return detail::global_max_pooling<2, Options...>(x); }
};
using GlobalMaxPooling2D = GlobalMaxPooling2DWith<>;

/// The largest value of each channel over depth, height and width. x: (B, D, H, W, C) → y: (B, C). Follows keras.layers.GlobalMaxPooling3D.
/// As `GlobalMaxPooling2D`.
template <class... Options>
struct GlobalMaxPooling3DWith : Layer<GlobalMaxPooling3DWith<Options...>> {
  static constexpr auto call(auto x) { return detail::global_max_pooling<3, Options...>(x); }
};
using GlobalMaxPooling3D = GlobalMaxPooling3DWith<>;

}  // namespace tenon
