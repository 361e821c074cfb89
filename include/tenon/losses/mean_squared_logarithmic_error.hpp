// Mean squared error of logarithms.
#pragma once

#include <tenon/losses/concept.hpp>

namespace tenon {

/// mean((log(1 + y_pred) - log(1 + y_true))²) over the last axis; what is below 1e-7 counts as 1e-7. Also a metric.
/// Follows keras.losses.MeanSquaredLogarithmicError, but for small numbers more exactly: log1p, where Keras adds 1 first.
/// y_true and y_pred: (B, ..., D). Refused: labels of another shape than the output.
///
///     auto model = tn::compile<Net>(tn::Adam{}, tn::MeanSquaredLogarithmicError{});
struct MeanSquaredLogarithmicError {
  Reduction reduction{};

  static constexpr auto call(auto y_true, auto y_pred) {
    const auto logarithm = [](auto y) { return log1p(maximum(y, 1e-7)); };
    return mean(square(logarithm(y_pred) - logarithm(detail::labels_like(y_true, y_pred))), axis<-1>);
  }
};

}  // namespace tenon
