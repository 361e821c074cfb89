// Cross-entropy of one-hot labels that looks at what is still wrong.
#pragma once

#include <tenon/losses/label_smoothing.hpp>

namespace tenon {

/// -Σ alpha · (1 - p)^gamma · y_true · log(p) over the last axis, the classes (Lin et al. 2017). y_true (one-hot or probabilities) and y_pred:
/// (B, ..., Classes). p is y_pred, or its softmax if from_logits, divided by its sum and kept away from 0 and 1; behind a Softmax, and with
/// from_logits, the logarithm uses the scores directly. label_smoothing as in CategoricalCrossentropy. Refused: labels of another shape
/// than the output; a gamma below 0; a label_smoothing outside 0 to 1. Follows keras.losses.CategoricalFocalCrossentropy; alpha is one number.
///
///     auto model = tn::compile<Net>(tn::Adam{}, tn::CategoricalFocalCrossentropy{.gamma = 3});
struct CategoricalFocalCrossentropy {
  float alpha = 0.25f;
  float gamma = 2;
  bool from_logits = false;
  float label_smoothing = 0;
  Reduction reduction{};

  constexpr auto call(auto y_true, auto y_pred) const {
    using Self = CategoricalFocalCrossentropy;
    const auto y = detail::smooth_labels(detail::labels_like(y_true, y_pred), parameter<&Self::label_smoothing>(y_pred), 1. / y_pred.shape().back());
    const auto p = from_logits ? softmax(y_pred) : y_pred, q = clip(p / sum(p, axis<-1>, keep_dims), 1e-7, 1 - 1e-7);
    const auto factor = parameter<&Self::alpha>(y_pred) * pow(1 - q, parameter<&Self::gamma>(y_pred));
    return -sum(factor * y * detail::log_probabilities(y_pred, from_logits), axis<-1>);
  }
  constexpr BadNumber check(const Shape&) const {
    return detail::first_of(detail::unless(gamma >= 0, "gamma", gamma, "0 or more"), detail::fraction("label_smoothing", label_smoothing));
  }
};

}  // namespace tenon
