// Convolution of sequences, images and volumes.
#pragma once

#include <tenon/initializers/constant.hpp>
#include <tenon/initializers/variance_scaling.hpp>
#include <tenon/layers/with_options.hpp>

namespace tenon {
namespace detail {

/// What Conv1D, Conv2D and Conv3D do: a convolution over this many axes.
template <int Axes, int Filters, class... Options>
constexpr Symbol convolution(Symbol x) {
  using Takes = tenon::Takes<OptionOf::kernel_size, OptionOf::strides, OptionOf::padding, OptionOf::dilation_rate, OptionOf::groups, OptionOf::activation,
                             OptionOf::bias, OptionOf::kernel_initializer, OptionOf::bias_initializer, OptionOf::kernel_regularizer, OptionOf::bias_regularizer>;
  constexpr int groups = option<OptionOf::groups, Groups<1>, Options...>::value;

  x = Takes::template check<Options...>(in_range<AtLeast<1>>(x, Filters));
  x = without_contradiction<Options...>(with_kernel_size<Axes, Options...>(image_for<Axes, Options...>(x)));
  if constexpr (Axes > 1) x = without_causal<Options...>(x);
  if (x.poisoned) return x;
  const int channels = x.shape().back();
  if (channels % groups != 0 || Filters % groups != 0) return mistake(x, Problem::groups_do_not_divide, x.shape().sample(), shape(groups, Filters));
  const Window window = window_from<Options...>(Axes, groups);
  const auto w = kernel<GlorotUniform, Options...>(x, sizes_of(window, Axes).append(channels / groups).append(Filters));
  return activate<Options...>(add_bias<Zeros, Options...>(x, convolve(x, w, window, padding_of<Options...>)));
}

}  // namespace detail

/// y = activation(x ⋆ kernel + bias), a cross-correlation over the steps of a sequence. Follows keras.layers.Conv1D.
/// x: (B, Steps, C) → y: (B, Steps', Filters). Weights: kernel (k, C / groups, Filters), bias (Filters).
/// As `Conv2D`; with `Causal`, Keras's padding "causal", no step of y sees a later one of x.
///
///     tn::Input<128, 6>, tn::Conv1D<32, tn::Kernel<5>, tn::Causal, tn::DilationRate<2>, tn::ReLU>
template <int Filters, class... Options>
struct Conv1D : Layer<Conv1D<Filters, Options...>> {
  static constexpr auto call(auto x) { return detail::convolution<1, Filters, Options...>(x); }
};

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
  static constexpr auto call(auto x) { return detail::convolution<2, Filters, Options...>(x); }
};

/// y = activation(x ⋆ kernel + bias), a cross-correlation over depth, height and width. Follows keras.layers.Conv3D.
/// x: (B, D, H, W, C) → y: (B, D', H', W', Filters). Weights: kernel (d, h, w, C / groups, Filters), bias (Filters). As `Conv2D`.
///
///     tn::Input<16, 32, 32, 1>, tn::Conv3D<8, tn::Kernel<3>, tn::Strides<1, 2, 2>, tn::ReLU>
template <int Filters, class... Options>
struct Conv3D : Layer<Conv3D<Filters, Options...>> {
  static constexpr auto call(auto x) { return detail::convolution<3, Filters, Options...>(x); }
};

}  // namespace tenon
