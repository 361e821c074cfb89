// The logarithm of the hyperbolic cosine of the error.
#pragma once

#include <tenon/losses/concept.hpp>

namespace tenon {

/// mean(log(cosh(d))), d = y_pred - y_true, over the last axis: d² / 2 near zero, |d| - log 2 beyond. Also a metric, whose name in Keras is
/// LogCoshError. Computed as d + log(1 + exp(-2 d)) - log 2, in which nothing overflows. Follows keras.losses.LogCosh.
/// y_true and y_pred: (B, ..., D). Refused: labels of another shape than the output.
///
///     auto model = tn::compile<Net>(tn::Adam{}, tn::LogCosh{});
struct LogCosh {
  Reduction reduction{};

  static constexpr auto call(auto y_true, auto y_pred) {
    constexpr double log_2 = 0.69314718055994530942;
    const auto d = abs(y_pred - detail::labels_like(y_true, y_pred));  // even, and exact where d is large
    return mean(d + softplus(-2 * d) - log_2, axis<-1>);
  }
};

}  // namespace tenon
