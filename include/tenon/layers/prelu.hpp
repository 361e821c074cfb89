// Rectifier whose slope is learned.
#pragma once

#include <tenon/graph/reductions.hpp>
#include <tenon/initializers/constant.hpp>
#include <tenon/layers/with_options.hpp>

namespace tenon {

/// x where x > 0, alpha · x elsewhere, with a slope of its own for each element of a sample (He et al. 2015). Follows keras.layers.PReLU.
/// x: (B, …) → y: the same shape. Weights: alpha, the shape of a sample, with 1 for shared axes.
/// `PReLU` has the defaults; `PReLUWith<…>` takes `SharedAxes<1, 2>` (counted from 1: a slope for each channel of an image),
/// `AlphaInitializer<…>` (Zeros), `AlphaRegularizer<…>`. Refused: shared axes that x does not have.
///
///     tn::Conv2D<32, tn::Kernel<3, 3>>, tn::PReLUWith<tn::SharedAxes<1, 2>>
template <class... Options>
struct PReLUWith : Layer<PReLUWith<Options...>> {
  using Takes = tenon::Takes<OptionOf::shared_axes, OptionOf::alpha_initializer, OptionOf::alpha_regularizer>;

  static constexpr auto call(auto x) {
    x = Takes::template check<Options...>(x);
    if (x.poisoned) return x;
    constexpr int shared = option<OptionOf::shared_axes, SharedAxes<>, Options...>::bits;
    const Shape given = x.shape();
    if (shared >> given.rank != 0) return detail::mistake(x, Problem::axis_out_of_range, given);
    const Shape slopes = detail::with_ones(given, shared).sample();
    const auto alpha = detail::weight_with_options<OptionOf::alpha_initializer, OptionOf::alpha_regularizer, Zeros, Options...>(x, "alpha", slopes);
    return relu(x) - alpha * relu(-x);
  }
};
using PReLU = PReLUWith<>;

}  // namespace tenon
