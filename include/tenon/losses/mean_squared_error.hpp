// Mean squared error.
#pragma once

#include <tenon/losses/concept.hpp>

namespace tenon {

/// mean((y_pred - detail::labels_like(y_true, y_pred))²) over the last axis. y_true and y_pred: (B, ..., D). Also a metric.
/// Follows keras.losses.MeanSquaredError.
struct MeanSquaredError {
  static constexpr auto call(auto y_true, auto y_pred) { return mean(square(y_pred - detail::labels_like(y_true, y_pred)), axis<-1>); }
};

}  // namespace tenon
