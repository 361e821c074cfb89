// Numbers as categories, by the range they lie in.
#pragma once

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <string>
#include <vector>

#include <tenon/core/real.hpp>
#include <tenon/initializers/constant.hpp>
#include <tenon/layers/encode.hpp>
#include <tenon/layers/layer.hpp>

namespace tenon {
namespace detail {

/// A summary of sorted samples: values, and how many samples each stands for.
struct Quantiles {
  std::vector<double> values, weights;

  /// `count` values at equal distances of the cumulated weight, between neighbours interpolated. Follows Keras's compress_summary.
  Quantiles compressed(int count) const {
    if (static_cast<int>(values.size()) < count) return *this;
    std::vector<double> until(weights);
    for (std::size_t i = 1; i < until.size(); ++i) until[i] += until[i - 1];
    Quantiles q;
    double before = 0;
    for (int k = 1; k <= count; ++k) {
      const double wanted = until.back() * k / count;
      const auto at = static_cast<std::size_t>(std::lower_bound(until.begin(), until.end(), wanted * (1 - 1e-12)) - until.begin());
      const double part = at == 0 || at == until.size() ? 1 : (wanted - until[at - 1]) / (until[at] - until[at - 1]);
      q.values.push_back(at == 0 ? values[0] : at == until.size() ? values.back() : values[at - 1] + part * (values[at] - values[at - 1]));
      const double reached = at == 0 ? until[0] : wanted;
      q.weights.push_back(reached - before);
      before = reached;
    }
    return q;
  }
};
/// Where the bins of the samples begin; zeros before. A hundredth of the samples is how exact that is, as Keras's epsilon.
struct BoundariesOfData : Zeros {
  static void adapt(std::span<float> values, std::span<const float> samples, const Shape&) {
    std::vector<float> sorted(samples.begin(), samples.end());
    std::sort(sorted.begin(), sorted.end());
    if (sorted.size() <= values.size())
      throw std::invalid_argument("adapt: " + std::to_string(sorted.size()) + " numbers are given, expected at least " + std::to_string(values.size() + 1) + ", one for each bin of Discretization");
    constexpr int exactness = 100;
    const double step = std::fmax(static_cast<double>(sorted.size()) / exactness, 1);
    Quantiles all;
    for (auto i = static_cast<std::size_t>(step - 1); i < sorted.size(); i += static_cast<std::size_t>(step))
      all.values.push_back(static_cast<double>(sorted[i])), all.weights.push_back(step);
    const Quantiles bins = all.compressed(exactness).compressed(static_cast<int>(values.size()) + 1);
    for (std::size_t k = 0; k < values.size(); ++k) values[k] = static_cast<float>(bins.values[std::min(k, bins.values.size() - 1)]);
  }
};

}  // namespace detail

/// Bins that begin at these numbers, in increasing order; the first has no lower end.
template <Real... Values>
struct BinBoundaries {
  static constexpr int bins = 1 + sizeof...(Values);
  static constexpr Symbol count_below(Symbol x) { return ((x >= Values.value) + ... + (0 * x)); }
};
/// So many bins with as many samples each; `model.adapt(x)` finds them before training.
template <int Count>
struct NumBins {
  static constexpr int bins = Count;
  static constexpr Symbol count_below(Symbol x) {
    const Symbol boundaries = x.state("bin_boundaries", shape(Count - 1), detail::BoundariesOfData{});
    return sum(expand_dims(x, axis<-1>) >= boundaries, axis<-1>);
  }
};

/// The number of the bin in which each element lies. Follows keras.layers.Discretization.
/// Bins: `BinBoundaries<0.0, 1.0, 2.0>`, which is (-∞, 0), [0, 1), [1, 2), [2, ∞), or `NumBins<4>`.
/// Mode: `OutputMode::integer` (the default), x: (B, …) → y: the same shape, of integers; or as of CategoryEncoding: `OutputMode::one_hot`, `multi_hot`, `count`.
///
///     tn::Input<1>, tn::Discretization<tn::BinBoundaries<18.0, 30.0, 65.0>>, tn::Embedding<4, 8>
template <class Bins, OutputMode Mode = OutputMode::integer>
struct Discretization : Layer<Discretization<Bins, Mode>> {
  static constexpr auto call(auto x) {
    if (x.poisoned) return x;
    return detail::encoded(Bins::count_below(x), Bins::bins, Mode);
  }
};

}  // namespace tenon
