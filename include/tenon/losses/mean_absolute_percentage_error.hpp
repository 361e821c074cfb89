// Mean absolute error in percent.
#pragma once

#include <tenon/losses/concept.hpp>

namespace tenon {

/// 100 · mean(|y_true - y_pred| / max(|y_true|, 1e-7)) over the last axis. Also a metric. Follows keras.losses.MeanAbsolutePercentageError.
/// y_true and y_pred: (B, ..., D). Refused: labels of another shape than the output.
///
///     auto model = tn::compile<Net>(tn::Adam{}, tn::MeanSquaredError{}, tn::MeanAbsolutePercentageError{});
struct MeanAbsolutePercentageError {
  Reduction reduction{};

  static constexpr auto call(auto y_true, auto y_pred) {
    const auto y = detail::labels_like(y_true, y_pred);
    return 100 * mean(abs((y - y_pred) / maximum(abs(y), 1e-7)), axis<-1>);
  }
};

}  // namespace tenon
