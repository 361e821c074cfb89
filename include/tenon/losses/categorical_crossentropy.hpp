// Cross-entropy of one-hot labels.
#pragma once

#include <tenon/losses/concept.hpp>

namespace tenon {

/// -Σ y_true · log(y_pred) over the last axis, the classes. y_true (one-hot or probabilities) and y_pred: (B, ..., Classes).
/// y_pred holds probabilities, or scores if from_logits. Probabilities are divided by their sum, then kept away from 0 and 1.
/// Behind a Softmax the scores are used directly, so that nothing is lost where a probability rounds to 0 or 1.
/// Follows keras.losses.CategoricalCrossentropy.
///
///     auto model = tn::compile<Net>(tn::Adam{}, tn::CategoricalCrossentropy{.from_logits = true}, tn::Accuracy{});
struct CategoricalCrossentropy {
  bool from_logits = false;

  constexpr auto call(auto y_true, auto y_pred) const { return -sum(y_true * detail::log_probabilities(y_pred, from_logits), axis<-1>); }
};

}  // namespace tenon
