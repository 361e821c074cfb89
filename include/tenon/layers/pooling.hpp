// What the pooling layers have in common.
#pragma once

#include <tenon/layers/with_options.hpp>

namespace tenon::detail {

/// A pool that moves over as many axes as it has numbers.
template <Op What, class Size, class... Options>
constexpr Symbol pooling(Symbol x) {
  constexpr int axes = Size::rank;
  x = tenon::Takes<OptionOf::strides, OptionOf::padding>::check<Options...>(x);
  if constexpr (!Size::in_range) x = refuse<AtLeast<1>>(x, Problem::value_out_of_range);
  x = without_causal<Options...>(image_for<axes, Options...>(x));
  if (x.poisoned) return x;
  return pool(What, x, window_of<Size, option<OptionOf::strides, Size, Options...>, DilationRate<1>>(axes + 2), padding_of<Options...>);
}

}  // namespace tenon::detail
