// The best of one rate where another is good enough.
#pragma once

#include <algorithm>

#include <tenon/metrics/thresholds.hpp>

namespace tenon {
namespace detail {

/// (2, thresholds + 1): the number of all, then of those above each threshold.
template <int Thresholds>
constexpr Symbol count_of_class(Symbol y_true, Symbol y_pred, Symbol class_id) {
  return count_by_threshold(labels_like(y_true, y_pred), thresholds_below(y_pred, Thresholds), of_class(y_pred, class_id), Thresholds + 1);
}
template <class Rate>
constexpr double best_where(std::span<const double> sums, Rate rate) {
  double best = 0;
  for (std::size_t column = 1; column < sums.size() / 2; ++column) best = std::max(best, static_cast<double>(rate(counts_at(sums, column))));
  return best;
}

}  // namespace detail

// Of each: the thresholds are NumThresholds numbers, evenly from 0 to 1 (without With: 200), and 0 is the result where none is good enough. y_true (0 and 1) and
// y_pred (probabilities): (B, ..., D), all counted together, or class_id alone. Refused: labels of another shape than the output; a rate outside 0 to 1; a
// class that the output does not have.
//
//     auto model = tn::compile<Net>(tn::Adam{}, tn::BinaryCrossentropy{}, tn::RecallAtPrecision{.precision = 0.95f});

/// The best sensitivity at a threshold whose specificity is at least the given one. Follows keras.metrics.SensitivityAtSpecificity.
template <int NumThresholds>
struct SensitivityAtSpecificityWith {
  static_assert(NumThresholds > 1, "Tenon: num_thresholds of SensitivityAtSpecificity is at least 2");
  float specificity = 0.5f;
  int class_id = -1;

  static constexpr auto sums(auto y_true, auto y_pred) { return detail::count_of_class<NumThresholds>(y_true, y_pred, parameter<&SensitivityAtSpecificityWith::class_id>(y_pred)); }
  double result(std::span<const double> sums, long) const {
    return detail::best_where(sums, [&](const detail::CountsAt& c) { return static_cast<float>(c.specificity()) >= specificity ? c.recall() : 0; });
  }
  constexpr BadNumber check(const Shape& y_pred) const { return detail::first_of(detail::fraction("specificity", specificity), detail::class_exists(class_id, y_pred)); }
};
using SensitivityAtSpecificity = SensitivityAtSpecificityWith<200>;

/// The best specificity at a threshold whose sensitivity is at least the given one. Follows keras.metrics.SpecificityAtSensitivity.
template <int NumThresholds>
struct SpecificityAtSensitivityWith {
  static_assert(NumThresholds > 1, "Tenon: num_thresholds of SpecificityAtSensitivity is at least 2");
  float sensitivity = 0.5f;
  int class_id = -1;

  static constexpr auto sums(auto y_true, auto y_pred) { return detail::count_of_class<NumThresholds>(y_true, y_pred, parameter<&SpecificityAtSensitivityWith::class_id>(y_pred)); }
  double result(std::span<const double> sums, long) const {
    return detail::best_where(sums, [&](const detail::CountsAt& c) { return static_cast<float>(c.recall()) >= sensitivity ? c.specificity() : 0; });
  }
  constexpr BadNumber check(const Shape& y_pred) const { return detail::first_of(detail::fraction("sensitivity", sensitivity), detail::class_exists(class_id, y_pred)); }
};
using SpecificityAtSensitivity = SpecificityAtSensitivityWith<200>;

/// The best precision at a threshold whose recall is at least the given one. Follows keras.metrics.PrecisionAtRecall.
template <int NumThresholds>
struct PrecisionAtRecallWith {
  static_assert(NumThresholds > 1, "Tenon: num_thresholds of PrecisionAtRecall is at least 2");
  float recall = 0.5f;
  int class_id = -1;

  static constexpr auto sums(auto y_true, auto y_pred) { return detail::count_of_class<NumThresholds>(y_true, y_pred, parameter<&PrecisionAtRecallWith::class_id>(y_pred)); }
  double result(std::span<const double> sums, long) const {
    return detail::best_where(sums, [&](const detail::CountsAt& c) { return static_cast<float>(c.recall()) >= recall ? c.precision() : 0; });
  }
  constexpr BadNumber check(const Shape& y_pred) const { return detail::first_of(detail::fraction("recall", recall), detail::class_exists(class_id, y_pred)); }
};
using PrecisionAtRecall = PrecisionAtRecallWith<200>;

/// The best recall at a threshold whose precision is at least the given one. Follows keras.metrics.RecallAtPrecision.
template <int NumThresholds>
struct RecallAtPrecisionWith {
  static_assert(NumThresholds > 1, "Tenon: num_thresholds of RecallAtPrecision is at least 2");
  float precision = 0.5f;
  int class_id = -1;

  static constexpr auto sums(auto y_true, auto y_pred) { return detail::count_of_class<NumThresholds>(y_true, y_pred, parameter<&RecallAtPrecisionWith::class_id>(y_pred)); }
  double result(std::span<const double> sums, long) const {
    return detail::best_where(sums, [&](const detail::CountsAt& c) { return static_cast<float>(c.precision()) >= precision ? c.recall() : 0; });
  }
  constexpr BadNumber check(const Shape& y_pred) const { return detail::first_of(detail::fraction("precision", precision), detail::class_exists(class_id, y_pred)); }
};
using RecallAtPrecision = RecallAtPrecisionWith<200>;

}  // namespace tenon
