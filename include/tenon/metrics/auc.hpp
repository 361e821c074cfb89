// The area under a curve of rates.
#pragma once

#include <algorithm>
#include <cmath>

#include <tenon/metrics/thresholds.hpp>

namespace tenon {

/// ROC: recall over the rate of false positives; PR: precision over recall; PRGAIN: the gain of precision over that of recall (Flach and Kull 2015).
enum class Curve : unsigned char { ROC, PR, PRGAIN };
/// The height of a strip: the mean of its sides (of PR: Davis and Goadrich 2006), the larger, or the smaller one.
enum class SummationMethod : unsigned char { interpolation, majoring, minoring };

/// The area under the curve, from the counts at NumThresholds thresholds, evenly from 0 to 1 (AUC: 200). y_true (0 and 1) and y_pred (probabilities, or
/// scores if from_logits): (B, ..., D), all counted together, or, if MultiLabel, the mean of the areas of each output, (B, D). Takes NumThresholds
/// numbers of memory for each output of a batch (MultiLabel twice as many). Refused: labels of another shape than the output. Follows
/// keras.metrics.AUC; num_thresholds and multi_label are AUCWith<num_thresholds, multi_label>.
///
///     auto model = tn::compile<Net>(tn::Adam{}, tn::BinaryCrossentropy{}, tn::AUC{}, tn::AUC{.curve = tn::Curve::PR});
template <int NumThresholds, bool MultiLabel = false>
struct AUCWith {
  static_assert(NumThresholds > 1, "Tenon: num_thresholds of AUC is at least 2");
  Curve curve = Curve::ROC;
  SummationMethod summation_method = SummationMethod::interpolation;
  bool from_logits = false;

  static constexpr Symbol sums(Symbol y_true, Symbol y_pred) {
    const Symbol y = detail::labels_like(y_true, y_pred), p = select(parameter<&AUCWith::from_logits>(y_pred), sigmoid(y_pred), y_pred);
    const Symbol below = relu(detail::thresholds_below(p, NumThresholds) - 1);  // every output is above the first threshold, as that is a little below 0
    if constexpr (!MultiLabel) return detail::count_by_threshold(y, below, ones_like(below), NumThresholds);
    if (y.poisoned) return y;
    if (y.shape().rank != 2) return detail::mistake(y, Problem::labels_do_not_fit_the_loss, y.shape(), shape(dynamic, y.shape().back()));
    const Symbol each = expand_dims(detail::side_by_side(y != 0, y == 0), axis<-1>);  // (B, D, 2, 1)
    const Shape shape = each.shape().slice(0, 3).append(NumThresholds);
    return each * (reshape(below, y.shape().append(1).append(1)) >= iota(below, shape, -1));
  }
  double result(std::span<const double> sums, long) const {
    constexpr std::size_t one = 2 * NumThresholds;
    double total = 0;
    for (std::size_t at = 0; at < sums.size(); at += one) total += area(sums.subspan(at, one));
    return total * one / static_cast<double>(sums.size());
  }

 private:
  struct Point {
    double x, y;
  };
  double area(std::span<const double> sums) const {
    double total = 0;
    for (std::size_t k = 0; k + 1 < NumThresholds; ++k) {
      const auto here = detail::counts_at(sums, k), next = detail::counts_at(sums, k + 1);
      total += curve == Curve::PR && summation_method == SummationMethod::interpolation ? strip_of_pr(here, next) : strip(point(here), point(next));
    }
    return total;
  }
  double strip(const Point& a, const Point& b) const {
    const double height = summation_method == SummationMethod::majoring ? std::max(a.y, b.y) : summation_method == SummationMethod::minoring ? std::min(a.y, b.y) : (a.y + b.y) / 2;
    return (a.x - b.x) * height;
  }
  Point point(const detail::CountsAt& c) const {
    using detail::quotient;
    if (curve == Curve::ROC) return {quotient(c.false_positives, c.false_positives + c.true_negatives), c.recall()};
    if (curve == Curve::PR) return {c.recall(), c.precision()};
    if (c.true_positives == 0) return {0, 1};
    const double scale = quotient(c.true_positives + c.false_negatives, c.true_negatives + c.false_positives);
    return {std::max(1 - scale * c.false_negatives / c.true_positives, 0.0), 1 - scale * c.false_positives / c.true_positives};
  }
  /// Between two thresholds true positives grow with all positives along a line, so that precision is no line (Keras's formula).
  static double strip_of_pr(const detail::CountsAt& a, const detail::CountsAt& b) {
    const double found = a.true_positives + a.false_positives, next = b.true_positives + b.false_positives, more = a.true_positives - b.true_positives;
    const double slope = detail::quotient(more, std::max(found - next, 0.0)), intercept = b.true_positives - slope * next;
    const double ratio = found > 0 && next > 0 ? found / next : 1;
    return detail::quotient(slope * (more + intercept * std::log(ratio)), b.true_positives + b.false_negatives);
  }
};
using AUC = AUCWith<200>;

}  // namespace tenon
