// Layer normalization.
#pragma once

#include <tenon/layers/normalization_axes.hpp>

namespace tenon {

/// y = gamma · (x - mean) / √(variance + epsilon) + beta, mean and (biased) variance of each sample over some axes. Follows
/// keras.layers.LayerNormalization (Ba et al. 2016). x: (B, …) → y: the same shape. Weights: gamma, beta, each of the extents of these axes.
/// `LayerNormalization` has the defaults; `LayerNormalizationWith<…>` takes `Axis<1, 2>` (the last axis without it), `Epsilon<1e-3>`,
/// `NoCenter` (no beta), `NoScale` (no gamma), `GammaInitializer<…>`, `BetaInitializer<…>`, `GammaRegularizer<…>`, `BetaRegularizer<…>`.
/// Refused: axes that x does not have, and that of the batch; an epsilon that is not positive.
///
///     tn::Dense<64>, tn::LayerNormalization, tn::ReLU
template <class... Options>
struct LayerNormalizationWith : Layer<LayerNormalizationWith<Options...>> {
  using Takes = tenon::Takes<OptionOf::axis, OptionOf::epsilon, OptionOf::center, OptionOf::scale, OptionOf::gamma_initializer,
                             OptionOf::beta_initializer, OptionOf::gamma_regularizer, OptionOf::beta_regularizer>;
  static constexpr double epsilon = option<OptionOf::epsilon, Epsilon<1e-3>, Options...>::value;

  static constexpr auto call(auto x) {
    x = Takes::template check<Options...>(x);
    const int axes = detail::sample_axes(x, option<OptionOf::axis, Axis<-1>, Options...>{});
    if (x.poisoned) return x;
    const Shape weights = detail::shape_of_axes(x.shape(), axes);
    const auto centered = x - detail::mean_over(x, axes);
    auto y = centered * rsqrt(detail::mean_over(square(centered), axes) + epsilon);
    if constexpr (detail::has_gamma<Options...>) y = y * detail::along(x, detail::gamma<Options...>(x, weights), axes);
    if constexpr (detail::has_beta<Options...>) y = y + detail::along(x, detail::beta<Options...>(x, weights), axes);
    return y;
  }
};
using LayerNormalization = LayerNormalizationWith<>;

}  // namespace tenon
