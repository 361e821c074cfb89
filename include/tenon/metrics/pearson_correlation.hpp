// How labels and outputs of a sample vary together.
#pragma once

#include <tenon/losses/concept.hpp>

namespace tenon {

/// The correlation of y_true and y_pred along the last axis, a value per sample: covariance / (deviation · deviation), NaN where one of them does not vary.
/// y_true and y_pred: (B, ..., D). Refused: labels of another shape than the output. Follows keras.metrics.PearsonCorrelation with axis = -1.
///
///     auto model = tn::compile<Net>(tn::Adam{}, tn::MeanSquaredError{}, tn::PearsonCorrelation{});
struct PearsonCorrelation {
  static constexpr auto call(auto y_true, auto y_pred) {
    const auto y = detail::labels_like(y_true, y_pred);
    const auto unit = [](auto x) { return (x - mean(x, axis<-1>, keep_dims)) / sqrt(variance(x, axis<-1>, keep_dims)); };
    return mean(unit(y) * unit(y_pred), axis<-1>);
  }
};

/// 2 · covariance / (variance + variance + (mean - mean)²) of y_true and y_pred along the last axis: as PearsonCorrelation, but 1 only where they are equal
/// (Lin 1989). Follows keras.metrics.ConcordanceCorrelation with axis = -1.
struct ConcordanceCorrelation {
  static constexpr auto call(auto y_true, auto y_pred) {
    const auto y = detail::labels_like(y_true, y_pred), a = mean(y, axis<-1>, keep_dims), b = mean(y_pred, axis<-1>, keep_dims);
    const auto spread = variance(y, axis<-1>, keep_dims) + variance(y_pred, axis<-1>, keep_dims) + square(a - b);
    return mean(2 * (y - a) * (y_pred - b) / (spread + 1e-7), axis<-1>);
  }
};

}  // namespace tenon
