// Inputs with mean 0 and variance 1.
#pragma once

#include <cmath>
#include <vector>

#include <tenon/layers/normalization_axes.hpp>

namespace tenon {
namespace detail {

/// Calls f(k, value) for each number of the samples, where k counts the elements along these axes (of a batch of samples).
template <int... Axes>
void for_each_along(std::span<const float> samples, const Shape& sample, Axis<Axes...>, auto f) {
  const int rank = sample.rank + 1;
  const int kept = (0 | ... | (1 << (Axes < 0 ? Axes + rank : Axes)));
  std::vector<std::size_t> place(static_cast<std::size_t>(sample.elements()));
  for (std::size_t i = 0; i < place.size(); ++i) {
    std::size_t rest = i, scale = 1;
    for (int axis = rank - 1; axis > 0; --axis) {
      const auto extent = static_cast<std::size_t>(sample.extent[axis - 1]);
      if ((kept >> axis & 1) != 0) place[i] += rest % extent * scale, scale *= extent;
      rest /= extent;
    }
  }
  for (std::size_t i = 0; i < samples.size(); ++i) f(place[i % place.size()], static_cast<double>(samples[i]));
}
template <class Along>
std::vector<double> mean_of(std::size_t count, std::span<const float> samples, const Shape& sample) {
  std::vector<double> sums(count);
  for_each_along(samples, sample, Along{}, [&](std::size_t k, double value) { sums[k] += value; });
  for (double& s : sums) s *= static_cast<double>(count) / static_cast<double>(samples.size());
  return sums;
}
/// The mean of the samples along these axes; 0 before `adapt`.
template <class Along>
struct MeanOfData : Zeros {
  static void adapt(std::span<float> values, std::span<const float> samples, const Shape& sample) {
    const std::vector<double> mean = mean_of<Along>(values.size(), samples, sample);
    for (std::size_t k = 0; k < mean.size(); ++k) values[k] = static_cast<float>(mean[k]);
  }
};
/// Their biased variance; 1 before.
template <class Along>
struct VarianceOfData : Ones {
  static void adapt(std::span<float> values, std::span<const float> samples, const Shape& sample) {
    const std::vector<double> mean = mean_of<Along>(values.size(), samples, sample);
    std::vector<double> squares(mean.size());
    for_each_along(samples, sample, Along{}, [&](std::size_t k, double value) { squares[k] += (value - mean[k]) * (value - mean[k]); });
    for (std::size_t k = 0; k < mean.size(); ++k) values[k] = static_cast<float>(squares[k] * static_cast<double>(mean.size()) / static_cast<double>(samples.size()));
  }
};

}  // namespace detail

/// y = (x - mean) / max(√variance, 1e-7), mean and variance of each element along an axis, over samples that are seen before training. Follows
/// keras.layers.Normalization. x: (B, …) → y: the same shape. Weights, which training does not change: mean, variance, each of the extents of
/// the axes, and count, which nothing reads (Keras has it).
/// `Normalization` has the defaults; `NormalizationWith<…>` takes `Axis<1, 2>` (the last axis without it; `Axis<>`: one mean of all) and `Invert`,
/// y = mean + x · max(√variance, 1e-7).
/// `model.adapt(x)` sets them from data if the layer reads an input of the model. Refused: axes that x does not have, and that of the batch.
///
///     struct Net : tn::Sequential<tn::Input<8>, tn::Normalization, tn::Dense<64, tn::ReLU>, tn::Dense<1>> {};
///     model.adapt(train.x);
template <class... Options>
struct NormalizationWith : Layer<NormalizationWith<Options...>> {
  using Takes = tenon::Takes<OptionOf::axis, OptionOf::invert>;
  using Along = option<OptionOf::axis, Axis<-1>, Options...>;

  static constexpr auto call(auto x) {
    x = Takes::template check<Options...>(x);
    const int axes = detail::sample_axes(x, Along{});
    if (x.poisoned) return x;
    const Shape kept = detail::shape_of_axes(x.shape(), axes);
    const auto mean = detail::along(x, x.state("mean", kept, detail::MeanOfData<Along>{}), axes);
    const auto variance = detail::along(x, x.state("variance", kept, detail::VarianceOfData<Along>{}), axes);
    x.state("count", Shape{}, Zeros{});
    const auto stddev = maximum(sqrt(variance), 1e-7);
    if constexpr (has_option<OptionOf::invert, Options...>) return mean + x * stddev;
    else return (x - mean) / stddev;
  }
};
using Normalization = NormalizationWith<>;

}  // namespace tenon
