// Convolution of images.
#pragma once

#include <tenon/initializers/constant.hpp>
#include <tenon/initializers/variance_scaling.hpp>
#include <tenon/layers/with_options.hpp>

namespace tenon {

/// y = activation(x ⋆ kernel + bias), a cross-correlation over height and width. Follows keras.layers.Conv2D.
/// x: (B, H, W, C) → y: (B, H', W', Filters). Weights: kernel (h, w, C / groups, Filters), bias (Filters).
/// Valid (the default): H' = (H - ((h - 1) rate + 1)) / stride + 1. Same: H' = ceil(H / stride).
/// Filters: the number of channels of y. Options: `Kernel<h, w>` (needed), `Strides<…>`, `Same` or `Valid`, `DilationRate<…>`,
/// `Groups<n>`, an activation, `NoBias`, `KernelInitializer<…>`, `BiasInitializer<…>`, `KernelRegularizer<…>`, `BiasRegularizer<…>`.
/// Refused: numbers below 1; strides together with a dilation rate; x that is not an image; a kernel larger than the image
/// (unless Same); groups that do not divide C and Filters.
///
///     tn::Conv2D<32, tn::Kernel<3, 3>, tn::Strides<2, 2>, tn::Same, tn::ReLU>
template <int Filters, class... Options>
struct Conv2D : Layer<Conv2D<Filters, Options...>> {
  using Takes = tenon::Takes<OptionOf::kernel_size, OptionOf::strides, OptionOf::padding, OptionOf::dilation_rate, OptionOf::groups, OptionOf::activation,
                             OptionOf::bias, OptionOf::kernel_initializer, OptionOf::bias_initializer, OptionOf::kernel_regularizer, OptionOf::bias_regularizer>;

  using Size = option<OptionOf::kernel_size, Kernel<1>, Options...>;
  using Stride = option<OptionOf::strides, Strides<1>, Options...>;
  using Dilation = option<OptionOf::dilation_rate, DilationRate<1>, Options...>;
  static constexpr int groups = option<OptionOf::groups, Groups<1>, Options...>::value;
  static constexpr Padding padding = option<OptionOf::padding, Valid, Options...>::value;

  static constexpr auto call(auto x) {
    x = Takes::template check<Options...>(detail::in_range<AtLeast<1>>(x, Filters));
    if constexpr (!has_option<OptionOf::kernel_size, Options...>) x = detail::refuse<Kernel<3, 3>>(x, Problem::option_missing);
    if (x.poisoned) return x;
    if (x.shape().rank != 4) return detail::mistake(x, Problem::not_an_image, x.shape().sample());
    const int channels = x.shape().back();
    if (channels % groups != 0 || Filters % groups != 0)
      return detail::mistake(x, Problem::groups_do_not_divide, x.shape().sample(), shape(groups, Filters));
    const Window window = detail::window_of<Size, Stride, Dilation>(4, groups);
    if ((window.stride[1] > 1 || window.stride[2] > 1) && (window.dilation[1] > 1 || window.dilation[2] > 1))
      return detail::refuse<Stride, Dilation>(x, Problem::options_contradict);
    const auto w = kernel<GlorotUniform, Options...>(x, shape(window.size[1], window.size[2], channels / groups, Filters));
    return activate<Options...>(add_bias<Zeros, Options...>(x, convolve(x, w, window, padding)));
  }
};

}  // namespace tenon
