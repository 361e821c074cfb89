// The square root of the mean squared error.
#pragma once

#include <cmath>
#include <span>

#include <tenon/metrics/counts.hpp>

namespace tenon {

/// √ mean((y_pred - y_true)²) over all values of all samples. y_true and y_pred: (B, ..., D). Refused: labels of another shape than the output.
/// Follows keras.metrics.RootMeanSquaredError.
///
///     auto model = tn::compile<Net>(tn::Adam{}, tn::MeanSquaredError{}, tn::RootMeanSquaredError{});
struct RootMeanSquaredError {
  static constexpr auto sums(auto y_true, auto y_pred) {
    return sum(square(y_pred - detail::labels_like(y_true, y_pred))) * (1 / static_cast<double>(y_pred.shape().elements()));
  }
  double result(std::span<const double> sums, long samples) const { return std::sqrt(sums[0] / static_cast<double>(samples)); }
};

}  // namespace tenon
