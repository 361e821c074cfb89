// Features with a mean of 0 and a standard deviation of 1.
#pragma once

#include <cmath>
#include <cstddef>
#include <limits>
#include <stdexcept>
#include <vector>

#include <tenon/data/scaler.hpp>

namespace tenon {

/// y = (x - mean) / standard deviation, per feature, with the figures of the tensor it is made from: the training set.
/// Follows sklearn.preprocessing.StandardScaler: the deviation is that of the population (divided by N), and a feature
/// that is constant there is only shifted, not divided. Shapes and `transform`: see `Scaler`.
/// Its `fit` is the constructor here, and its `fit_transform(x)` is the constructor and `transform(x)`.
/// Throws std::invalid_argument: no samples, a value that is not finite.
///
///     const tn::StandardScaler scaler{train.x};
///     model.fit(scaler.transform(train.x), train.y);
///     model.evaluate(scaler.transform(test.x), test.y);
class StandardScaler : public Scaler {
 public:
  template <class X>
  explicit StandardScaler(const X& x) : Scaler(fit(x)) {}

  const std::vector<double>& mean() const { return offset(); }

 private:
  template <class X>
  static Scaler fit(const X& x) {
    if (x.size() == 0) throw std::invalid_argument("StandardScaler: x is empty");
    const auto count = static_cast<double>(x.size() / features_of(x));
    std::vector<double> mean(features_of(x)), deviation(features_of(x));
    for_each(x, [&](double value, std::size_t f) { mean[f] += value; });
    for (double& sum : mean) {
      sum /= count;
      if (!std::isfinite(sum)) throw std::invalid_argument("StandardScaler: x holds a value that is not finite");
    }
    for_each(x, [&](double value, std::size_t f) { deviation[f] += (value - mean[f]) * (value - mean[f]); });
    for (std::size_t f = 0; f < mean.size(); ++f) {
      const double variance = deviation[f] / count;
      const double rounding = count * mean[f] * std::numeric_limits<double>::epsilon();  // what a constant's mean may be off
      deviation[f] = variance <= rounding * rounding ? 1 : std::sqrt(variance);
    }
    return {mean, deviation};
  }
};

}  // namespace tenon
