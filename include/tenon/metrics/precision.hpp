// How many of what was found is right, and how much of what is there was found.
#pragma once

#include <span>

#include <tenon/metrics/counts.hpp>

namespace tenon {
namespace detail {

/// The threshold of those who take the largest outputs, whatever they are (Keras's number).
inline constexpr float no_threshold = -1e10f;
/// 1 where an output says yes: above the threshold, and among the TopK largest if TopK is not 0.
template <int TopK>
constexpr Symbol says_yes(Symbol y_pred, Symbol threshold) {
  if constexpr (TopK > 0) return (y_pred > threshold) * among_top<TopK>(y_pred);
  else return y_pred > threshold;
}
template <int TopK>
constexpr BadNumber check_decisions(float threshold, int class_id, const Shape& y_pred) {
  const bool none = TopK > 0 && threshold == no_threshold;
  return first_of(none ? BadNumber{} : fraction("thresholds", threshold), class_exists(class_id, y_pred));
}

}  // namespace detail

/// true positives / (true positives + false positives), 0 where nothing was found: an output is positive above the threshold. y_true (0 and 1) and y_pred:
/// (B, ..., D); all D count together, or one alone, class_id. PrecisionWith<3>: Keras's top_k = 3, the three largest outputs of a sample are
/// positive (each is compared with each: D² steps). `thresholds` is one number. Refused: labels of another shape than the output; a threshold outside
/// 0 to 1; a class that the output does not have. Follows keras.metrics.Precision.
///
///     auto model = tn::compile<Net>(tn::Adam{}, tn::BinaryCrossentropy{}, tn::Precision{.thresholds = 0.9f}, tn::Recall{});
template <int TopK>
struct PrecisionWith {
  static_assert(TopK >= 0, "Tenon: top_k of Precision is at least 1, or 0 for none");
  float thresholds = TopK > 0 ? detail::no_threshold : 0.5f;
  int class_id = -1;

  static constexpr auto sums(auto y_true, auto y_pred) {
    const auto yes = detail::says_yes<TopK>(y_pred, parameter<&PrecisionWith::thresholds>(y_pred)) * detail::of_class(y_pred, parameter<&PrecisionWith::class_id>(y_pred));
    return detail::sum_over_all_but<1>(detail::side_by_side((detail::labels_like(y_true, y_pred) != 0) * yes, yes));
  }
  double result(std::span<const double> sums, long) const { return detail::quotient(sums[0], sums[1]); }
  constexpr BadNumber check(const Shape& y_pred) const { return detail::check_decisions<TopK>(thresholds, class_id, y_pred); }
};
using Precision = PrecisionWith<0>;

/// true positives / (true positives + false negatives), 0 where there is nothing to be found; all else as Precision. Follows keras.metrics.Recall.
template <int TopK>
struct RecallWith {
  static_assert(TopK >= 0, "Tenon: top_k of Recall is at least 1, or 0 for none");
  float thresholds = TopK > 0 ? detail::no_threshold : 0.5f;
  int class_id = -1;

  static constexpr auto sums(auto y_true, auto y_pred) {
    const auto there = (detail::labels_like(y_true, y_pred) != 0) * detail::of_class(y_pred, parameter<&RecallWith::class_id>(y_pred));
    return detail::sum_over_all_but<1>(detail::side_by_side(there * detail::says_yes<TopK>(y_pred, parameter<&RecallWith::thresholds>(y_pred)), there));
  }
  double result(std::span<const double> sums, long) const { return detail::quotient(sums[0], sums[1]); }
  constexpr BadNumber check(const Shape& y_pred) const { return detail::check_decisions<TopK>(thresholds, class_id, y_pred); }
};
using Recall = RecallWith<0>;

}  // namespace tenon
