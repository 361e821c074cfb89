// Normalization by the root of the mean square.
#pragma once

#include <tenon/layers/normalization_axes.hpp>

namespace tenon {

/// y = scale · x / √(mean(x²) + epsilon), the mean of each sample over some axes. Follows keras.layers.RMSNormalization (Zhang and Sennrich 2019).
/// x: (B, …) → y: the same shape. Weights: scale, of the extents of these axes.
/// `RMSNormalization` has the defaults; `RMSNormalizationWith<…>` takes `Axis<1, 2>` (the last axis without it) and `Epsilon<1e-6>`.
/// Refused: axes that x does not have, and that of the batch; an epsilon that is not positive.
///
///     tn::Dense<64>, tn::RMSNormalization
template <class... Options>
struct RMSNormalizationWith : Layer<RMSNormalizationWith<Options...>> {
  using Takes = tenon::Takes<OptionOf::axis, OptionOf::epsilon>;
  static constexpr double epsilon = option<OptionOf::epsilon, Epsilon<1e-6>, Options...>::value;

  static constexpr auto call(auto x) {
    x = Takes::template check<Options...>(x);
    const int axes = detail::sample_axes(x, option<OptionOf::axis, Axis<-1>, Options...>{});
    if (x.poisoned) return x;
    const auto scale = x.weight("scale", detail::shape_of_axes(x.shape(), axes), Ones{});
    return x * rsqrt(detail::mean_over(square(x), axes) + epsilon) * detail::along(x, scale, axes);
  }
};
using RMSNormalization = RMSNormalizationWith<>;

}  // namespace tenon
