// What layers with options have in common: activation, kernel, bias, window.
#pragma once

#include <utility>

#include <tenon/layers/takes.hpp>

namespace tenon {
namespace detail {

/// A weight with the initializer, regularizer and constraint among the options.
template <OptionOf InitializerOption, OptionOf RegularizerOption, class DefaultInitializer, class... Options>
constexpr Symbol weight_with_options(Symbol x, const char* name, const Shape& shape) {
  using Default = std::type_identity<DefaultInitializer>;
  using Wanted = typename option<InitializerOption, Default, Options...>::type;
  using Start = std::conditional_t<initializer<Wanted>, Wanted, DefaultInitializer>;
  using Penalty = typename option<RegularizerOption, std::type_identity<void>, Options...>::type;
  using Limit = typename option<constraint_beside(InitializerOption), std::type_identity<void>, Options...>::type;
  if constexpr (layer<Penalty> && layer<Limit>) return x.weight(name, shape, Start{}, Penalty{}, constrained_by(Limit{}));
  else if constexpr (layer<Penalty>) return x.weight(name, shape, Start{}, Penalty{});
  else if constexpr (layer<Limit>) return x.weight(name, shape, Start{}, constrained_by(Limit{}));
  else return x.weight(name, shape, Start{});
}

/// The window that the options describe, on the spatial axes of an image of this rank. An option with fewer numbers repeats its last.
template <class Size, class Stride, class Dilation>
constexpr Window window_of(int rank, int groups = 1) {
  Window w;
  w.groups = groups;
  const auto pick = [](const auto& sizes, int count, int i) { return sizes[i < count ? i : count - 1]; };
  for (int i = 0; i + 2 < rank; ++i) {
    w.size[i + 1] = pick(Size::sizes, Size::rank, i);
    w.stride[i + 1] = pick(Stride::sizes, Stride::rank, i);
    w.dilation[i + 1] = pick(Dilation::sizes, Dilation::rank, i);
  }
  return w;
}
template <class... Options>
constexpr Window window_from(int axes, int groups = 1) {
  return window_of<option<OptionOf::kernel_size, Kernel<1>, Options...>, option<OptionOf::strides, Strides<1>, Options...>,
                   option<OptionOf::dilation_rate, DilationRate<1>, Options...>>(axes + 2, groups);
}
template <class... Options>
inline constexpr Padding padding_of = option<OptionOf::padding, Valid, Options...>::value;

template <int Axes, class Option>
constexpr Symbol check_axes(Symbol x) {
  if constexpr (requires { Option::counted; })
    if constexpr (Option::rank != 1 && Option::rank != Axes) return refuse<Option, OneNumberOr<Axes>>(x, Problem::value_out_of_range);
  return x;
}
/// x, poisoned if an option counts other axes than the layer has, or if x has other axes: samples, these, channels.
template <int Axes, class... Options>
constexpr Symbol image_for(Symbol x) {
  ((x = check_axes<Axes, Options>(x)), ...);
  const Shape given = x.shape();
  return x.poisoned || given.rank == Axes + 2 ? x : mistake(x, Problem::not_an_image, given.sample());
}
/// x, poisoned if no kernel's size is among the options.
template <int Axes, class... Options>
constexpr Symbol with_kernel_size(Symbol x) {
  if constexpr (has_option<OptionOf::kernel_size, Options...>) return x;
  else if constexpr (Axes == 1) return refuse<Kernel<3>>(x, Problem::option_missing);
  else if constexpr (Axes == 2) return refuse<Kernel<3, 3>>(x, Problem::option_missing);
  else return refuse<Kernel<3, 3, 3>>(x, Problem::option_missing);
}
/// x, poisoned if the options ask for strides together with a dilation rate.
template <class... Options>
constexpr Symbol without_contradiction(Symbol x) {
  using Stride = option<OptionOf::strides, Strides<1>, Options...>;
  using Dilation = option<OptionOf::dilation_rate, DilationRate<1>, Options...>;
  const auto above_one = [](const auto& sizes, int count) {
    for (int i = 0; i < count; ++i)
      if (sizes[i] > 1) return true;
    return false;
  };
  return above_one(Stride::sizes, Stride::rank) && above_one(Dilation::sizes, Dilation::rank) ? refuse<Stride, Dilation>(x, Problem::options_contradict) : x;
}
/// x, poisoned if Causal is among the options: what is in front and what is behind is said of one axis only.
template <class... Options>
constexpr Symbol without_causal(Symbol x) {
  if constexpr (padding_of<Options...> == Padding::causal) return refuse<Causal, Valid, Same>(x, Problem::value_out_of_range);
  else return x;
}

/// The sizes of a window as a shape, and the axes it moves along.
constexpr Shape sizes_of(const Window& w, int axes) {
  Shape s;
  for (int i = 1; i <= axes; ++i) s = s.append(w.size[i]);
  return s;
}
template <int Axes>
inline constexpr auto spatial_axes = axis<1, 2, 3>;
template <>
inline constexpr auto spatial_axes<2> = axis<1, 2>;
template <>
inline constexpr auto spatial_axes<1> = axis<1>;

}  // namespace detail

/// The activation among the options applied to x, or x. Refused: an activation with weights.
template <class... Options>
constexpr Symbol activate(Symbol x) {
  if constexpr (has_option<OptionOf::activation, Options...>) {
    const bool outer = std::exchange(x.trace->in_activation, true);
    const Symbol y = option<OptionOf::activation, void, Options...>{}.call(x);
    x.trace->in_activation = outer;
    return y;
  } else {
    return x;
  }
}
/// The weight "kernel", with the initializer and the regularizer among the options: shared by the layers that have one.
template <class Default, class... Options>
constexpr Symbol kernel(Symbol x, const Shape& shape) {
  return detail::weight_with_options<OptionOf::kernel_initializer, OptionOf::kernel_regularizer, Default, Options...>(x, "kernel", shape);
}
/// y + bias along the last axis, unless NoBias is among the options.
template <class Default, class... Options>
constexpr Symbol add_bias(Symbol x, Symbol y) {
  if constexpr (has_option<OptionOf::bias, Options...>) return y;
  else return y + detail::weight_with_options<OptionOf::bias_initializer, OptionOf::bias_regularizer, Default, Options...>(x, "bias", shape(y.shape().back()));
}

}  // namespace tenon
