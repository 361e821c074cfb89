// Cross-entropy of integer labels.
#pragma once

#include <tenon/losses/concept.hpp>

namespace tenon {

/// -log(y_pred[y_true]). y_true: (B, ...) integers in [0, Classes); y_pred: (B, ..., Classes).
/// y_pred holds probabilities, or scores if from_logits. Probabilities are divided by their sum, then kept away from 0 and 1.
/// Behind a Softmax the scores are used directly, so that nothing is lost where a probability rounds to 0 or 1.
/// Follows keras.losses.SparseCategoricalCrossentropy (on JAX and PyTorch; on TensorFlow Keras clips before it divides).
///
///     auto model = tn::compile<Net>(tn::Adam{}, tn::SparseCategoricalCrossentropy{}, tn::Accuracy{});
struct SparseCategoricalCrossentropy {
  bool from_logits = false;

  static constexpr Target target(const Shape& y_pred) { return detail::class_labels(y_pred); }
  constexpr auto call(auto y_true, auto y_pred) const {
    return -sum(select(one_hot(detail::classes_like(y_true, y_pred), y_pred.shape().back()), detail::log_probabilities(y_pred, from_logits), 0), axis<-1>);
  }
};

}  // namespace tenon
