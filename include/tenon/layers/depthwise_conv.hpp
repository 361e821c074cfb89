// Convolution of each channel by itself.
#pragma once

#include <tenon/graph/resize.hpp>
#include <tenon/initializers/constant.hpp>
#include <tenon/initializers/variance_scaling.hpp>
#include <tenon/layers/with_options.hpp>

namespace tenon {
namespace detail {

/// Each channel of x convolved with filters of its own; `name` is that of the kernel (window..., C, Multiplier).
template <int Axes, class... Options>
constexpr Symbol each_channel_convolved(Symbol x, const char* name) {
  constexpr int multiplier = option<OptionOf::depth_multiplier, DepthMultiplier<1>, Options...>::value;
  const int channels = x.shape().back();
  const Window window = window_from<Options...>(Axes, channels * multiplier);
  const Shape sizes = sizes_of(window, Axes);
  const auto w = weight_with_options<OptionOf::depthwise_initializer, OptionOf::depthwise_regularizer, GlorotUniform, Options...>(
      x, name, sizes.append(channels).append(multiplier));
  // Each channel once for each of its filters: then vectors run along the channels, which takes a fraction of the time.
  return convolve(repeat(x, Axes + 1, multiplier), reshape(w, sizes.append(1).append(channels * multiplier)), window, padding_of<Options...>);
}

/// What DepthwiseConv1D and DepthwiseConv2D do.
template <int Axes, class... Options>
constexpr Symbol depthwise_convolution(Symbol x) {
  using Takes = tenon::Takes<OptionOf::kernel_size, OptionOf::strides, OptionOf::padding, OptionOf::depth_multiplier, OptionOf::dilation_rate, OptionOf::activation,
                             OptionOf::bias, OptionOf::depthwise_initializer, OptionOf::bias_initializer, OptionOf::depthwise_regularizer, OptionOf::bias_regularizer>;
  x = without_causal<Options...>(with_kernel_size<Axes, Options...>(image_for<Axes, Options...>(Takes::template check<Options...>(x))));
  if (x.poisoned) return x;
  return activate<Options...>(add_bias<Zeros, Options...>(x, each_channel_convolved<Axes, Options...>(x, "kernel")));
}

}  // namespace detail

/// Each channel of a sequence convolved with filters of its own. Follows keras.layers.DepthwiseConv1D.
/// x: (B, Steps, C) → y: (B, Steps', C · n). Weights: kernel (k, C, n), bias (C · n). As `DepthwiseConv2D`.
///
///     tn::DepthwiseConv1D<tn::Kernel<7>, tn::Same>
template <class... Options>
struct DepthwiseConv1D : Layer<DepthwiseConv1D<Options...>> {
  static constexpr auto call(auto x) { return detail::depthwise_convolution<1, Options...>(x); }
};

/// y = activation(x ⋆ kernel + bias), each channel of x convolved with n filters of its own. Follows keras.layers.DepthwiseConv2D.
/// x: (B, H, W, C) → y: (B, H', W', C · n), the results of a channel side by side. Weights: kernel (h, w, C, n), bias (C · n).
/// Options: `Kernel<h, w>` (needed), `DepthMultiplier<n>` (1), `Strides<…>`, `Same` or `Valid`, `DilationRate<…>`, an activation, `NoBias`,
/// `DepthwiseInitializer<…>`, `BiasInitializer<…>`, `DepthwiseRegularizer<…>`, `BiasRegularizer<…>`. H', W' as those of `Conv2D`.
/// Refused: numbers below 1; x that is not an image; a kernel larger than the image (unless Same).
///
///     tn::DepthwiseConv2D<tn::Kernel<3, 3>, tn::Same, tn::NoBias>, tn::BatchNormalization, tn::ReLU
template <class... Options>
struct DepthwiseConv2D : Layer<DepthwiseConv2D<Options...>> {
  static constexpr auto call(auto x) { return detail::depthwise_convolution<2, Options...>(x); }
};

}  // namespace tenon
