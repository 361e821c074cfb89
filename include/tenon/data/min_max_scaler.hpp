// Features that fill a given range.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <stdexcept>
#include <string>
#include <vector>

#include <tenon/data/scaler.hpp>

namespace tenon {

/// y = low + (x - min) (high - low) / (max - min), per feature, with the extremes of the tensor it is made from: the
/// training set. Follows sklearn.preprocessing.MinMaxScaler: a feature that is constant there becomes `low`, and other
/// tensors may leave the range. Shapes and `transform`: see `Scaler`.
/// Throws std::invalid_argument: no samples, a value that is not finite, low not below high.
///
///     const tn::MinMaxScaler scaler(train.x);  // to [0, 1]
///     const auto x = scaler.transform(test.x);
class MinMaxScaler : public Scaler {
 public:
  template <class X>
  explicit MinMaxScaler(const X& x, double low = 0, double high = 1) : Scaler(fit(x, low, high)) {}

 private:
  template <class X>
  static Scaler fit(const X& x, double low, double high) {
    if (x.size() == 0) throw std::invalid_argument("MinMaxScaler: x is empty");
    if (!(low < high))
      throw std::invalid_argument("MinMaxScaler: the range goes from " + std::to_string(low) + " to " + std::to_string(high));
    std::vector<double> least(features_of(x), std::numeric_limits<double>::infinity());
    std::vector<double> most(features_of(x), -std::numeric_limits<double>::infinity());
    for_each(x, [&](double value, std::size_t f) {
      if (!std::isfinite(value)) throw std::invalid_argument("MinMaxScaler: x holds a value that is not finite");
      least[f] = std::min(least[f], value);
      most[f] = std::max(most[f], value);
    });
    std::vector<double> offset, scale;
    for (std::size_t f = 0; f < least.size(); ++f) {
      const double extent = most[f] > least[f] ? most[f] - least[f] : 1;
      scale.push_back(extent / (high - low));
      offset.push_back(least[f] - low * scale[f]);
    }
    return {offset, scale};
  }
};

}  // namespace tenon
