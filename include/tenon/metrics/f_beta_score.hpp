// Precision and recall in one number.
#pragma once

#include <span>

#include <tenon/metrics/counts.hpp>

namespace tenon {

/// How the numbers of several classes become one: of the counts of all classes together, the mean of the classes, or that weighted by how often they occur.
enum class ClassAverage : unsigned char { micro, macro, weighted };

namespace detail {

/// True positives, false positives and false negatives of each class: (B, D, 3). An output says yes above the threshold, or, if that is 0, where it is
/// the largest of its sample.
constexpr Symbol f_counts(Symbol y_true, Symbol y_pred, Symbol threshold) {
  const Symbol y = labels_like(y_true, y_pred);
  if (y_pred.poisoned) return y_pred;
  if (y_pred.shape().rank != 2) return mistake(y_pred, Problem::labels_do_not_fit_the_loss, y_pred.shape(), shape(dynamic, y_pred.shape().back()));
  const Symbol largest = (y_pred >= max(y_pred, axis<-1>, keep_dims)) * (abs(y_pred) > 1e-9);
  const Symbol yes = select(threshold > 0, y_pred > threshold, largest);
  return side_by_side(yes * y, yes * (1 - y), (1 - yes) * y);
}
constexpr double f_beta(double tp, double fp, double fn, double beta) {
  constexpr double epsilon = 1e-7;  // Keras's, so that nothing is divided by 0
  const double precision = tp / (tp + fp + epsilon), recall = tp / (tp + fn + epsilon);
  return (1 + beta * beta) * precision * recall / (beta * beta * precision + recall + epsilon);
}
constexpr double averaged_f_beta(std::span<const double> sums, ClassAverage average, double beta) {
  double all[3]{}, macro = 0, weighted = 0, weights = 0;
  for (std::size_t i = 0; i < sums.size(); i += 3) {
    const double score = f_beta(sums[i], sums[i + 1], sums[i + 2], beta), there = sums[i] + sums[i + 2];
    for (std::size_t k = 0; k < 3; ++k) all[k] += sums[i + k];
    macro += score, weighted += there * score, weights += there;
  }
  if (average == ClassAverage::micro) return f_beta(all[0], all[1], all[2], beta);
  return average == ClassAverage::weighted ? weighted / (weights + 1e-7) : 3 * macro / static_cast<double>(sums.size());
}
constexpr BadNumber check_f(double threshold) { return unless(threshold >= 0 && threshold <= 1, "threshold", threshold, "0, for the largest output, to 1"); }

}  // namespace detail

/// (1 + beta²) · precision · recall / (beta² · precision + recall), of each output and averaged over them. y_true (0 and 1) and y_pred: (B, D). An output
/// says yes above the threshold or, without one (0), where it is the largest of its sample. Keras's average = None, a number for each class, is no score
/// of fit: without it the mean of the classes is taken. Refused: labels of another shape than the output; more axes; a beta that is not above 0; a
/// threshold outside 0 to 1. Follows keras.metrics.FBetaScore.
///
///     auto model = tn::compile<Net>(tn::Adam{}, tn::BinaryCrossentropy{}, tn::FBetaScore{.beta = 2, .threshold = 0.5f});
struct FBetaScore {
  ClassAverage average = ClassAverage::macro;
  float beta = 1;
  float threshold = 0;

  static constexpr const char* score_name = "fbeta_score";
  static constexpr auto sums(auto y_true, auto y_pred) { return detail::f_counts(y_true, y_pred, parameter<&FBetaScore::threshold>(y_pred)); }
  double result(std::span<const double> sums, long) const { return detail::averaged_f_beta(sums, average, beta); }
  constexpr BadNumber check(const Shape&) const { return detail::first_of(detail::unless(beta > 0, "beta", beta, "a number above 0"), detail::check_f(threshold)); }
};

/// FBetaScore with beta = 1: 2 · precision · recall / (precision + recall). Follows keras.metrics.F1Score.
struct F1Score {
  ClassAverage average = ClassAverage::macro;
  float threshold = 0;

  static constexpr auto sums(auto y_true, auto y_pred) { return detail::f_counts(y_true, y_pred, parameter<&F1Score::threshold>(y_pred)); }
  double result(std::span<const double> sums, long) const { return detail::averaged_f_beta(sums, average, 1); }
  constexpr BadNumber check(const Shape&) const { return detail::check_f(threshold); }
};

}  // namespace tenon
