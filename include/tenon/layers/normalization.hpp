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

/// The numbers of an option as a tensor of this shape. Refused: neither one number nor as many as the shape has elements.
template <class Option>
constexpr Symbol given_numbers(Symbol x, const Shape& shape) {
  if (Option::count != 1 && Option::count != shape.elements()) return mistake(x, Problem::shapes_cannot_be_broadcast, tenon::shape(Option::count), shape);
  if (Option::count == 1) return broadcast_to(constant(x, Option::values[0]), shape);
  const Symbol position = iota(x, tenon::shape(Option::count), 0);
  Symbol all = broadcast_to(constant(x, Option::values[0]), position.shape());
  for (int i = 1; i < Option::count; ++i) all = select(position == i, Option::values[i], all);
  return reshape(all, shape);
}

}  // namespace detail

/// y = (x - mean) / max(√variance, 1e-7), mean and variance of each element along an axis, over samples that are seen before training. Follows
/// keras.layers.Normalization. x: (B, …) → y: the same shape. Weights, which training does not change: mean, variance, each of the extents of
/// the axes, and count, which nothing reads (Keras has it).
/// `Normalization` has the defaults; `NormalizationWith<…>` takes `Axis<1, 2>` (the last axis without it; `Axis<>`: one mean of all), `Invert`,
/// y = mean + x · max(√variance, 1e-7), and, instead of weights, `InputMean<…>` together with `InputVariance<…>`.
/// `model.adapt(x)` sets the weights from data if the layer reads an input of the model. Refused: axes that x does not have, and that of the batch;
/// a mean without a variance; as many numbers as the axes do not have.
///
///     struct Net : tn::Sequential<tn::Input<8>, tn::Normalization, tn::Dense<64, tn::ReLU>, tn::Dense<1>> {};
///     model.adapt(train.x);
template <class... Options>
struct NormalizationWith : Layer<NormalizationWith<Options...>> {
  using Takes = tenon::Takes<OptionOf::axis, OptionOf::invert, OptionOf::input_mean, OptionOf::input_variance>;
  using Along = option<OptionOf::axis, Axis<-1>, Options...>;

  static constexpr auto call(auto x) {
    x = Takes::template check<Options...>(x);
    const int axes = detail::sample_axes(x, Along{});
    if (x.poisoned) return x;
    constexpr bool given = has_option<OptionOf::input_mean, Options...>;
    if constexpr (given != has_option<OptionOf::input_variance, Options...>) return detail::refuse<InputMean<0.0>, InputVariance<1.0>>(x, Problem::option_missing);
    const Shape kept = detail::shape_of_axes(x.shape(), axes);
    Symbol mean = x, variance = x;
    if constexpr (given) {
      mean = detail::given_numbers<option<OptionOf::input_mean, InputMean<0.0>, Options...>>(x, kept);
      variance = detail::given_numbers<option<OptionOf::input_variance, InputVariance<1.0>, Options...>>(x, kept);
      if (mean.poisoned || variance.poisoned) return mean.poisoned ? mean : variance;
    } else {
      mean = x.state("mean", kept, detail::MeanOfData<Along>{});
      variance = x.state("variance", kept, detail::VarianceOfData<Along>{});
      x.state("count", Shape{}, Zeros{});
    }
    mean = detail::along(x, mean, axes);
    const auto stddev = detail::along(x, maximum(sqrt(variance), 1e-7), axes);
    if constexpr (has_option<OptionOf::invert, Options...>) return mean + x * stddev;
    else return (x - mean) / stddev;
  }
};
using Normalization = NormalizationWith<>;

}  // namespace tenon
