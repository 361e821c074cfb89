// Group normalization.
#pragma once

#include <tenon/layers/normalization_axes.hpp>

namespace tenon {

/// y = gamma · (x - mean) / √(variance + epsilon) + beta, mean and (biased) variance of each sample over each group of channels and all other
/// axes. Follows keras.layers.GroupNormalization (Wu and He 2018). x: (B, …, C) → y: the same shape. Weights: gamma, beta, each (C).
/// Count: how many groups of neighbouring channels; -1: one for each channel (instance normalization); Keras's default is 32.
/// Options: `Axis<1>` (where the channels are; the last axis without it), `Epsilon<1e-3>`, `NoCenter`, `NoScale`, `GammaInitializer<…>`,
/// `BetaInitializer<…>`, `GammaRegularizer<…>`, `BetaRegularizer<…>`. Refused: groups that do not divide the channels; the axis of the batch.
///
///     tn::Conv2D<64, tn::Kernel<3, 3>>, tn::GroupNormalization<8>, tn::ReLU
template <int Count = 32, class... Options>
struct GroupNormalization : Layer<GroupNormalization<Count, Options...>> {
  using Takes = tenon::Takes<OptionOf::axis, OptionOf::epsilon, OptionOf::center, OptionOf::scale, OptionOf::gamma_initializer,
                             OptionOf::beta_initializer, OptionOf::gamma_regularizer, OptionOf::beta_regularizer>;
  static constexpr double epsilon = option<OptionOf::epsilon, Epsilon<1e-3>, Options...>::value;

  static constexpr auto call(auto x) {
    x = Takes::template check<Options...>(detail::in_range<AtLeast<1>>(x, Count == -1 ? 1 : Count));
    const int bits = detail::sample_axes(x, option<OptionOf::axis, Axis<-1>, Options...>{});
    if (x.poisoned) return x;
    const Shape given = x.shape(), channels = detail::shape_of_axes(given, bits);
    const int groups = Count > 0 ? Count : channels.back();
    if (channels.rank != 1 || channels[0] % groups != 0) return detail::mistake(x, Problem::groups_do_not_divide, given, shape(groups, channels.back()));
    if (given.rank == max_rank) return detail::mistake(x, Problem::rank_too_large, given);
    int at = 0;
    while ((bits >> at & 1) == 0) ++at;
    Shape grouped = given.slice(0, at).append(groups).append(channels[0] / groups);
    for (int i = at + 1; i < given.rank; ++i) grouped = grouped.append(given[i]);
    const auto parts = reshape(x, grouped);  // (B, …, groups, C / groups, …)
    const int others = detail::all_axes(parts) & ~1 & ~(1 << at);
    const auto centered = parts - detail::mean_over(parts, others);
    auto y = reshape(centered * rsqrt(detail::mean_over(square(centered), others) + epsilon), given);
    if constexpr (detail::has_gamma<Options...>) y = y * detail::along(x, detail::gamma<Options...>(x, channels), bits);
    if constexpr (detail::has_beta<Options...>) y = y + detail::along(x, detail::beta<Options...>(x, channels), bits);
    return y;
  }
};

}  // namespace tenon
