// Mean absolute error.
#pragma once

#include <tenon/losses/concept.hpp>

namespace tenon {

/// mean(|y_pred - detail::labels_like(y_true, y_pred)|) over the last axis. y_true and y_pred: (B, ..., D). Also a metric.
/// Follows keras.losses.MeanAbsoluteError.
struct MeanAbsoluteError {
  static constexpr auto call(auto y_true, auto y_pred) { return mean(abs(y_pred - detail::labels_like(y_true, y_pred)), axis<-1>); }
};

}  // namespace tenon
