// What layers with options have in common: activation, kernel, bias, window.
#pragma once

#include <utility>

#include <tenon/layers/takes.hpp>

namespace tenon {
namespace detail {

/// A weight with the initializer and regularizer among the options.
template <OptionOf InitializerOption, OptionOf RegularizerOption, class DefaultInitializer, class... Options>
constexpr Symbol weight_with_options(Symbol x, const char* name, const Shape& shape) {
  using Default = std::type_identity<DefaultInitializer>;
  using Wanted = typename option<InitializerOption, Default, Options...>::type;
  using Start = std::conditional_t<initializer<Wanted>, Wanted, DefaultInitializer>;
  using Penalty = typename option<RegularizerOption, std::type_identity<void>, Options...>::type;
  if constexpr (layer<Penalty>) return x.weight(name, shape, Start{}, Penalty{});
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
