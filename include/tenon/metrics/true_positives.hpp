// Right and wrong answers of each kind, counted.
#pragma once

#include <span>

#include <tenon/metrics/counts.hpp>

namespace tenon {

// Of each: y_true (0 and 1) and y_pred: (B, ..., D), all counted together; an output says yes above the threshold, one number. Refused: labels of another
// shape than the output; a threshold outside 0 to 1.

/// How often an output says yes where y_true is 1; a label that is not 0 counts as 1. Follows keras.metrics.TruePositives.
struct TruePositives {
  float thresholds = 0.5f;

  static constexpr auto sums(auto y_true, auto y_pred) {
    const auto right = detail::labels_like(y_true, y_pred) != 0, yes = y_pred > parameter<&TruePositives::thresholds>(y_pred);
    return sum(right * yes);
  }
  double result(std::span<const double> sums, long) const { return sums[0]; }
  constexpr BadNumber check(const Shape&) const { return detail::fraction("thresholds", thresholds); }
};

/// How often an output says no where y_true is 0; a label that is not 0 counts as 1. Follows keras.metrics.TrueNegatives.
struct TrueNegatives {
  float thresholds = 0.5f;

  static constexpr auto sums(auto y_true, auto y_pred) {
    const auto right = detail::labels_like(y_true, y_pred) != 0, yes = y_pred > parameter<&TrueNegatives::thresholds>(y_pred);
    return sum((1 - right) * (1 - yes));
  }
  double result(std::span<const double> sums, long) const { return sums[0]; }
  constexpr BadNumber check(const Shape&) const { return detail::fraction("thresholds", thresholds); }
};

/// How often an output says yes where y_true is 0; a label that is not 0 counts as 1. Follows keras.metrics.FalsePositives.
struct FalsePositives {
  float thresholds = 0.5f;

  static constexpr auto sums(auto y_true, auto y_pred) {
    const auto right = detail::labels_like(y_true, y_pred) != 0, yes = y_pred > parameter<&FalsePositives::thresholds>(y_pred);
    return sum((1 - right) * yes);
  }
  double result(std::span<const double> sums, long) const { return sums[0]; }
  constexpr BadNumber check(const Shape&) const { return detail::fraction("thresholds", thresholds); }
};

/// How often an output says no where y_true is 1; a label that is not 0 counts as 1. Follows keras.metrics.FalseNegatives.
struct FalseNegatives {
  float thresholds = 0.5f;

  static constexpr auto sums(auto y_true, auto y_pred) {
    const auto right = detail::labels_like(y_true, y_pred) != 0, yes = y_pred > parameter<&FalseNegatives::thresholds>(y_pred);
    return sum(right * (1 - yes));
  }
  double result(std::span<const double> sums, long) const { return sums[0]; }
  constexpr BadNumber check(const Shape&) const { return detail::fraction("thresholds", thresholds); }
};

}  // namespace tenon
