// The part of the variance that is explained.
#pragma once

#include <cmath>
#include <span>

#include <tenon/metrics/counts.hpp>

namespace tenon {

/// How the scores of several outputs become one: their mean, or that weighted by the variance of the labels.
enum class ClassAggregation : unsigned char { uniform_average, variance_weighted_average };

/// 1 - Σ (y_true - y_pred)² / Σ (y_true - mean of y_true)² over all samples, of each output, and averaged over them; with num_regressors adjusted for so many
/// regressors. y_true and y_pred: (B, D). Labels without variance give 0, or NaN if they are met exactly. Refused: labels of another shape than the
/// output; more axes; num_regressors below 0. Follows keras.metrics.R2Score, whose class_aggregation = None, a number for each output, is no score of fit.
///
///     auto model = tn::compile<Net>(tn::Adam{}, tn::MeanSquaredError{}, tn::R2Score{});
struct R2Score {
  ClassAggregation class_aggregation = ClassAggregation::uniform_average;
  int num_regressors = 0;

  static constexpr Symbol sums(Symbol y_true, Symbol y_pred) {
    const Symbol y = detail::labels_like(y_true, y_pred);
    if (y.poisoned) return y;
    if (y_pred.shape().rank != 2) return detail::mistake(y, Problem::labels_do_not_fit_the_loss, y_pred.shape(), shape(dynamic, y_pred.shape().back()));
    return detail::side_by_side(y, square(y), square(y - y_pred));
  }
  double result(std::span<const double> sums, long samples) const {
    const auto n = static_cast<double>(samples);
    double scores = 0, weighted = 0, weights = 0;
    for (std::size_t i = 0; i < sums.size(); i += 3) {
      const double total = sums[i + 1] - sums[i] * sums[i] / n, raw = 1 - sums[i + 2] / total, score = std::isinf(raw) ? 0 : raw;
      scores += score, weighted += total * score, weights += total;
    }
    const double outputs = static_cast<double>(sums.size()) / 3;
    const double score = class_aggregation == ClassAggregation::uniform_average ? scores / outputs : weighted / weights;
    const double values = n * outputs, free = values - num_regressors - 1;  // Keras counts values, not samples
    return num_regressors == 0 || free <= 0 ? score : 1 - (1 - score) * (values - 1) / free;
  }
  constexpr BadNumber check(const Shape&) const { return detail::unless(num_regressors >= 0, "num_regressors", num_regressors, "0 or more"); }
};

}  // namespace tenon
