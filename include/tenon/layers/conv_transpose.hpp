// Transposed convolution of sequences, images and volumes.
#pragma once

#include <tenon/initializers/constant.hpp>
#include <tenon/initializers/variance_scaling.hpp>
#include <tenon/layers/with_options.hpp>

namespace tenon {
namespace detail {

/// x, poisoned if an axis is to be longer by a stride or more: then there would be room for another window.
template <int Axes, class... Options>
constexpr Symbol with_output_padding(Symbol x) {
  using Extra = option<OptionOf::output_padding, OutputPadding<0>, Options...>;
  using Stride = option<OptionOf::strides, Strides<1>, Options...>;
  const Window window = window_of<Extra, Stride, DilationRate<1>>(Axes + 2);
  for (int i = 1; i <= Axes; ++i)
    if (!x.poisoned && has_option<OptionOf::output_padding, Options...> && window.size[i] >= window.stride[i]) return refuse<Extra, Stride>(x, Problem::options_contradict);
  return x;
}

/// What Conv1DTranspose, Conv2DTranspose and Conv3DTranspose do.
template <int Axes, int Filters, class... Options>
constexpr Symbol transposed_convolution(Symbol x) {
  using Takes = tenon::Takes<OptionOf::kernel_size, OptionOf::strides, OptionOf::padding, OptionOf::output_padding, OptionOf::dilation_rate, OptionOf::activation,
                             OptionOf::bias, OptionOf::kernel_initializer, OptionOf::bias_initializer, OptionOf::kernel_regularizer, OptionOf::bias_regularizer>;
  using Extra = option<OptionOf::output_padding, OutputPadding<0>, Options...>;

  x = Takes::template check<Options...>(in_range<AtLeast<1>>(x, Filters));
  x = without_contradiction<Options...>(with_kernel_size<Axes, Options...>(image_for<Axes, Options...>(without_causal<Options...>(x))));
  x = with_output_padding<Axes, Options...>(x);
  if (x.poisoned) return x;
  const Window window = window_from<Options...>(Axes), extra = window_of<Extra, Strides<1>, DilationRate<1>>(Axes + 2);
  const auto w = kernel<GlorotUniform, Options...>(x, sizes_of(window, Axes).append(Filters).append(x.shape().back()));
  const auto y = convolve_transpose(x, w, window, padding_of<Options...>, has_option<OptionOf::output_padding, Options...> ? extra.size + 1 : nullptr);
  return activate<Options...>(add_bias<Zeros, Options...>(x, y));
}

}  // namespace detail

/// The transpose of a convolution over the steps of a sequence, which makes it longer by its strides. Follows keras.layers.Conv1DTranspose.
/// x: (B, Steps, C) → y: (B, Steps', Filters). Weights: kernel (k, Filters, C), bias (Filters). As `Conv2DTranspose`.
///
///     tn::Conv1DTranspose<8, tn::Kernel<4>, tn::Strides<2>, tn::Same>
template <int Filters, class... Options>
struct Conv1DTranspose : Layer<Conv1DTranspose<Filters, Options...>> {
  static constexpr auto call(auto x) { return detail::transposed_convolution<1, Filters, Options...>(x); }
};

/// y = activation(x ⋆ᵀ kernel + bias): each pixel of x adds the kernel times its channels to y, the strides apart: the gradient of a
/// convolution that makes x of y. Follows keras.layers.Conv2DTranspose.
/// x: (B, H, W, C) → y: (B, H', W', Filters). Weights: kernel (h, w, Filters, C), bias (Filters).
/// Valid (the default): H' = (H - 1) stride + max((h - 1) rate + 1, stride). Same: H' = H stride. With `OutputPadding<…>`, which is
/// less than the strides, instead (H - 1) stride + (h - 1) rate + 1 + padding, for Same (H - 1) stride + h mod 2 + padding.
/// Options: `Kernel<h, w>` (needed), `Strides<…>`, `Same` or `Valid`, `OutputPadding<…>`, `DilationRate<…>`, an activation, `NoBias`,
/// `KernelInitializer<…>`, `BiasInitializer<…>`, `KernelRegularizer<…>`, `BiasRegularizer<…>`.
/// Refused: numbers below 1; strides together with a dilation rate; x that is not an image.
///
///     tn::Conv2DTranspose<32, tn::Kernel<3, 3>, tn::Strides<2, 2>, tn::Same, tn::ReLU>  // twice as high and wide
template <int Filters, class... Options>
struct Conv2DTranspose : Layer<Conv2DTranspose<Filters, Options...>> {
  static constexpr auto call(auto x) { return detail::transposed_convolution<2, Filters, Options...>(x); }
};

/// The transpose of a convolution over depth, height and width. Follows keras.layers.Conv3DTranspose.
/// x: (B, D, H, W, C) → y: (B, D', H', W', Filters). Weights: kernel (d, h, w, Filters, C), bias (Filters). As `Conv2DTranspose`.
///
///     tn::Conv3DTranspose<8, tn::Kernel<3>, tn::Strides<2>, tn::Same>
template <int Filters, class... Options>
struct Conv3DTranspose : Layer<Conv3DTranspose<Filters, Options...>> {
  static constexpr auto call(auto x) { return detail::transposed_convolution<3, Filters, Options...>(x); }
};

}  // namespace tenon
