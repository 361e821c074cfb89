// Options of layers: Keras's arguments as types, in any order.
#pragma once

#include <tenon/core/real.hpp>
#include <tenon/graph/windows.hpp>
#include <tenon/layers/layer.hpp>

namespace tenon {

/// What an option sets. A layer accepts some of these; each at most once.
enum class OptionOf { kernel_size, strides, padding, dilation_rate, groups, bias, kernel_initializer, bias_initializer, kernel_regularizer,
                      bias_regularizer, activation, momentum, epsilon, center, scale, unknown };

// clang-format off
/// The window of a convolution: `Kernel<3, 3>`; one number counts for both axes.
template <int... Sizes> struct Kernel       { static constexpr auto sets = OptionOf::kernel_size;   static constexpr int rank = sizeof...(Sizes); static constexpr int sizes[sizeof...(Sizes)] = {Sizes...}; };
/// How far the window moves: `Strides<2, 2>`.
template <int... Steps> struct Strides      { static constexpr auto sets = OptionOf::strides;       static constexpr int rank = sizeof...(Steps); static constexpr int sizes[sizeof...(Steps)] = {Steps...}; };
/// How far apart the elements of the window are: `DilationRate<2, 2>`.
template <int... Rates> struct DilationRate { static constexpr auto sets = OptionOf::dilation_rate; static constexpr int rank = sizeof...(Rates); static constexpr int sizes[sizeof...(Rates)] = {Rates...}; };
/// Channels and filters in groups that do not mix: `Groups<2>`.
template <int Count>    struct Groups       { static constexpr auto sets = OptionOf::groups;        static constexpr int value = Count; };
/// Padding with zeros, so that ⌈extent / stride⌉ windows fit.
struct Same   { static constexpr auto sets = OptionOf::padding; static constexpr Padding value = Padding::same; };
/// No padding: whole windows only.
struct Valid  { static constexpr auto sets = OptionOf::padding; static constexpr Padding value = Padding::valid; };
/// A layer without a bias.
struct NoBias { static constexpr auto sets = OptionOf::bias; };
/// How the kernel starts: `KernelInitializer<HeNormal>`.
template <class I> struct KernelInitializer { static constexpr auto sets = OptionOf::kernel_initializer; using type = I; };
/// How the bias starts: `BiasInitializer<Ones>`.
template <class I> struct BiasInitializer   { static constexpr auto sets = OptionOf::bias_initializer;   using type = I; };
/// A penalty on the kernel, added to the loss: `KernelRegularizer<L2<1e-4>>`.
template <class R> struct KernelRegularizer { static constexpr auto sets = OptionOf::kernel_regularizer; using type = R; };
/// A penalty on the bias, added to the loss: `BiasRegularizer<L1<1e-4>>`.
template <class R> struct BiasRegularizer   { static constexpr auto sets = OptionOf::bias_regularizer;   using type = R; };
/// How slowly a moving average follows: `Momentum<0.9>`.
template <Real Value> struct Momentum       { static constexpr auto sets = OptionOf::momentum; static constexpr double value = Value.value; };
/// What is added to a variance: `Epsilon<1e-5>`.
template <Real Value> struct Epsilon        { static constexpr auto sets = OptionOf::epsilon;  static constexpr double value = Value.value; };
/// A normalization without beta.
struct NoCenter { static constexpr auto sets = OptionOf::center; };
/// A normalization without gamma.
struct NoScale  { static constexpr auto sets = OptionOf::scale; };
// clang-format on

namespace detail {

/// An option says what it sets; a type with `call` is an activation.
template <class Option>
constexpr OptionOf set_by() {
  if constexpr (requires { Option::sets; }) return Option::sets;
  else if constexpr (layer<Option>) return OptionOf::activation;
  else return OptionOf::unknown;
}
template <OptionOf What, class Default, class... Options>
struct Find {
  using type = Default;
};
template <OptionOf What, class Default, class First, class... Rest>
struct Find<What, Default, First, Rest...> : std::conditional_t<set_by<First>() == What, std::type_identity<First>, Find<What, Default, Rest...>> {};

template <OptionOf What, class... Options>
inline constexpr int count_of = (0 + ... + (set_by<Options>() == What));

template <class Layer, class Option>
inline constexpr bool layer_has_this_option = false;
template <class Layer, class Option>
inline constexpr bool option_is_given_once = false;

template <class Layer, class Option, bool Known, bool Once>
struct check_option {
  static_assert(Known || layer_has_this_option<Layer, Option>, "Tenon: this layer has no such option; see its documentation for those it takes");
  static_assert(!Known || Once || option_is_given_once<Layer, Option>, "Tenon: this layer is given two options that set the same thing");
  static constexpr bool passed = Known && Once;
};

/// Which options a layer takes.
template <OptionOf... Accepted>
struct Takes {
  static constexpr bool accepts(OptionOf what) { return ((what == Accepted) || ...); }
  template <class Layer, class... Options>
  static constexpr bool check = (true && ... && check_option<Layer, Options, accepts(set_by<Options>()), count_of<set_by<Options>(), Options...> == 1>::passed);
};

}  // namespace detail

/// The option that sets this, or the default.
template <OptionOf What, class Default, class... Options>
using option = typename detail::Find<What, Default, Options...>::type;
template <OptionOf What, class... Options>
inline constexpr bool has_option = detail::count_of<What, Options...> > 0;

/// The activation among the options applied to x, or x.
template <class... Options>
constexpr Symbol activate(Symbol x) {
  if constexpr (has_option<OptionOf::activation, Options...>) return option<OptionOf::activation, void, Options...>{}.call(x);
  else return x;
}

namespace detail {

/// A weight with the initializer and regularizer among the options.
template <OptionOf InitializerOption, OptionOf RegularizerOption, class DefaultInitializer, class... Options>
constexpr Symbol weight_with_options(Symbol x, const char* name, const Shape& shape) {
  using initializer = typename option<InitializerOption, std::type_identity<DefaultInitializer>, Options...>::type;
  if constexpr (has_option<RegularizerOption, Options...>) return x.weight(name, shape, initializer{}, typename option<RegularizerOption, void, Options...>::type{});
  else return x.weight(name, shape, initializer{});
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
template <int... Values>
inline constexpr bool all_positive = ((Values > 0) && ...);

}  // namespace detail

/// x · w with weights "kernel": shared by the layers that have one.
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
