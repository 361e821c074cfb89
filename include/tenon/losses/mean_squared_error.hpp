// Mean squared error.
#pragma once

#include <tenon/losses/concept.hpp>

namespace tenon {

/// mean((y_pred - y_true)²) over the last axis. Also a metric. Follows keras.losses.MeanSquaredError.
/// y_true and y_pred: (B, ..., D). Refused: labels of another shape than the output.
///
///     auto model = tn::compile<Net>(tn::SGD{.learning_rate = 0.1f}, tn::MeanSquaredError{});
struct MeanSquaredError {
  Reduction reduction{};

  static constexpr auto call(auto y_true, auto y_pred) { return mean(square(y_pred - detail::labels_like(y_true, y_pred)), axis<-1>); }
};

}  // namespace tenon
