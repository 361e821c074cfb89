// Batch normalization.
#pragma once

#include <tenon/layers/normalization_axes.hpp>

namespace tenon {

/// y = gamma · (x - mean) / √(variance + epsilon) + beta for each channel. Follows keras.layers.BatchNormalization
/// (Ioffe and Szegedy 2015). While training, mean and (biased) variance are those of the batch, and the moving averages
/// become momentum · old + (1 - momentum) · new; otherwise the moving averages are used.
/// x: (B, ..., C) → y: (B, ..., C). Weights: gamma, beta, moving_mean, moving_variance, each (C).
/// `BatchNormalization` has the defaults; `BatchNormalizationWith<…>` takes `Axis<1>` (where the channels are; the last axis without it),
/// `Momentum<0.99>`, `Epsilon<1e-3>`, `NoCenter` (no beta), `NoScale` (no gamma), `GammaInitializer<…>`, `BetaInitializer<…>`,
/// `GammaRegularizer<…>`, `BetaRegularizer<…>`.
/// Refused: a momentum that is not in [0, 1]; an epsilon that is not positive; more than one axis, and that of the batch.
///
///     tn::Dense<64>, tn::BatchNormalization, tn::ReLU, tn::Dense<64>, tn::BatchNormalizationWith<tn::Momentum<0.9>>
template <class... Options>
struct BatchNormalizationWith : Layer<BatchNormalizationWith<Options...>> {
  using Takes = tenon::Takes<OptionOf::axis, OptionOf::momentum, OptionOf::epsilon, OptionOf::center, OptionOf::scale, OptionOf::gamma_initializer,
                             OptionOf::beta_initializer, OptionOf::gamma_regularizer, OptionOf::beta_regularizer>;
  static constexpr double momentum = option<OptionOf::momentum, Momentum<0.99>, Options...>::value;
  static constexpr double epsilon = option<OptionOf::epsilon, Epsilon<1e-3>, Options...>::value;

  static constexpr auto call(auto x) {
    x = Takes::template check<Options...>(x);
    if (x.poisoned) return x;
    const Shape given = x.shape();  // "x.shape().rank < 2" would begin std::rank<2> where a program says `using namespace std`
    if (given.rank < 2) return detail::mistake(x, Problem::rank_too_small, given, shape(1));
    const int bits = detail::sample_axes(x, option<OptionOf::axis, Axis<-1>, Options...>{});
    if (x.poisoned) return x;
    const Shape channels = detail::shape_of_axes(given, bits);
    if (channels.rank != 1) return detail::mistake(x, Problem::axis_out_of_range, given, detail::Numbers{channels});
    auto scale = x, offset = x;
    if constexpr (detail::has_gamma<Options...>) scale = detail::gamma<Options...>(x, channels);
    if constexpr (detail::has_beta<Options...>) offset = detail::beta<Options...>(x, channels);
    const auto moving_mean = x.state("moving_mean", channels, Zeros{}), moving_variance = x.state("moving_variance", channels, Ones{});

    auto mean = moving_mean, variance = moving_variance;
    const auto spread = [&](auto v) { return detail::along(x, v, bits); };
    if (x.training() && !x.frozen()) {
      const int others = detail::all_axes(x) & ~bits;
      const auto average = [&](auto v) { return reshape(detail::reduce(Op::reduce_sum, v, others) / detail::reduced_count(v, others), channels); };
      mean = average(x);
      variance = average(square(x - spread(mean)));
      x.update(moving_mean, moving_mean * momentum + stop_gradient(mean) * (1 - momentum));
      x.update(moving_variance, moving_variance * momentum + stop_gradient(variance) * (1 - momentum));
    }
    auto factor = rsqrt(variance + epsilon);
    if constexpr (detail::has_gamma<Options...>) factor = factor * scale;
    auto y = (x - spread(mean)) * spread(factor);
    if constexpr (detail::has_beta<Options...>) y = y + spread(offset);
    return y;
  }
};
using BatchNormalization = BatchNormalizationWith<>;

}  // namespace tenon
