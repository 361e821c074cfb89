// Cross-entropy of one-hot labels.
#pragma once

#include <tenon/losses/label_smoothing.hpp>

namespace tenon {

/// -Σ y_true · log(y_pred) over the last axis, the classes. Also a metric. y_true (one-hot or probabilities) and y_pred: (B, ..., Classes).
/// y_pred holds probabilities, or scores if from_logits. Probabilities are divided by their sum, then kept away from 0 and 1.
/// Behind a Softmax the scores are used directly, so that nothing is lost where a probability rounds to 0 or 1.
/// label_smoothing s: y_true · (1 - s) + s / Classes instead of y_true. Refused: labels of another shape than the output; a label_smoothing
/// outside 0 to 1. Follows keras.losses.CategoricalCrossentropy.
///
///     auto model = tn::compile<Net>(tn::Adam{}, tn::CategoricalCrossentropy{.from_logits = true, .label_smoothing = 0.1f}, tn::Accuracy{});
struct CategoricalCrossentropy {
  bool from_logits = false;
  float label_smoothing = 0;
  Reduction reduction{};

  constexpr auto call(auto y_true, auto y_pred) const {
    const auto y = detail::smooth_labels(detail::labels_like(y_true, y_pred), parameter<&CategoricalCrossentropy::label_smoothing>(y_pred), 1. / y_pred.shape().back());
    return -sum(y * detail::log_probabilities(y_pred, from_logits), axis<-1>);
  }
  constexpr BadNumber check(const Shape&) const { return detail::fraction("label_smoothing", label_smoothing); }
};

}  // namespace tenon
