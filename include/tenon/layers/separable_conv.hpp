// Convolution of each channel by itself, and then of the channels with each other.
#pragma once

#include <tenon/graph/matmul.hpp>
#include <tenon/layers/depthwise_conv.hpp>

namespace tenon {
namespace detail {

/// What SeparableConv1D and SeparableConv2D do.
template <int Axes, int Filters, class... Options>
constexpr Symbol separable_convolution(Symbol x) {
  using Takes = tenon::Takes<OptionOf::kernel_size, OptionOf::strides, OptionOf::padding, OptionOf::depth_multiplier, OptionOf::dilation_rate, OptionOf::activation,
                             OptionOf::bias, OptionOf::depthwise_initializer, OptionOf::pointwise_initializer, OptionOf::bias_initializer,
                             OptionOf::depthwise_regularizer, OptionOf::pointwise_regularizer, OptionOf::bias_regularizer>;
  x = Takes::template check<Options...>(in_range<AtLeast<1>>(x, Filters));
  x = without_causal<Options...>(with_kernel_size<Axes, Options...>(image_for<Axes, Options...>(x)));
  if (x.poisoned) return x;
  const auto y = each_channel_convolved<Axes, Options...>(x, "depthwise_kernel");
  if (y.poisoned) return y;
  const int channels = y.shape().back();
  const auto w = weight_with_options<OptionOf::pointwise_initializer, OptionOf::pointwise_regularizer, GlorotUniform, Options...>(
      x, "pointwise_kernel", (Axes == 1 ? shape(1) : shape(1, 1)).append(channels).append(Filters));
  return activate<Options...>(add_bias<Zeros, Options...>(x, matmul(y, reshape(w, shape(channels, Filters)))));
}

}  // namespace detail

/// As `SeparableConv2D`, of sequences. Follows keras.layers.SeparableConv1D. x: (B, Steps, C) → y: (B, Steps', Filters).
/// Weights: depthwise_kernel (k, C, n), pointwise_kernel (1, C · n, Filters), bias (Filters).
///
///     tn::SeparableConv1D<64, tn::Kernel<5>, tn::Same, tn::ReLU>
template <int Filters, class... Options>
struct SeparableConv1D : Layer<SeparableConv1D<Filters, Options...>> {
  static constexpr auto call(auto x) { return detail::separable_convolution<1, Filters, Options...>(x); }
};

/// y = activation((x ⋆ depthwise_kernel) · pointwise_kernel + bias): each channel is convolved with n filters of its own, then the channels
/// of each pixel are mixed. Follows keras.layers.SeparableConv2D (Chollet 2017).
/// x: (B, H, W, C) → y: (B, H', W', Filters). Weights: depthwise_kernel (h, w, C, n), pointwise_kernel (1, 1, C · n, Filters), bias (Filters).
/// Options: `Kernel<h, w>` (needed), `DepthMultiplier<n>` (1), `Strides<…>`, `Same` or `Valid`, `DilationRate<…>`, an activation, `NoBias`,
/// `DepthwiseInitializer<…>`, `PointwiseInitializer<…>`, `BiasInitializer<…>`, `DepthwiseRegularizer<…>`, `PointwiseRegularizer<…>`,
/// `BiasRegularizer<…>`. Refused: numbers below 1; x that is not an image; a kernel larger than the image (unless Same).
///
///     tn::SeparableConv2D<128, tn::Kernel<3, 3>, tn::Same, tn::ReLU>
template <int Filters, class... Options>
struct SeparableConv2D : Layer<SeparableConv2D<Filters, Options...>> {
  static constexpr auto call(auto x) { return detail::separable_convolution<2, Filters, Options...>(x); }
};

}  // namespace tenon
