// Cross-entropy of yes and no.
#pragma once

#include <tenon/losses/concept.hpp>

namespace tenon {

/// -mean(y_true · log(y_pred) + (1 - y_true) · log(1 - y_pred)) over the last axis. y_true and y_pred: (B, ..., D).
/// y_pred holds probabilities, or scores z if from_logits: then y_true · log(1 + exp(-z)) + (1 - y_true) · log(1 + exp(z)), in which
/// nothing cancels. Behind a Sigmoid the scores are used directly. Follows keras.losses.BinaryCrossentropy.
///
///     auto model = tn::compile<Net>(tn::Adam{}, tn::BinaryCrossentropy{}, tn::Accuracy{});
struct BinaryCrossentropy {
  bool from_logits = false;

  constexpr auto call(auto y_true, auto y_pred) const {
    if (from_logits) return mean(y_true * softplus(-y_pred) + (1 - y_true) * softplus(y_pred), axis<-1>);
    const auto p = clip(y_pred, 1e-7, 1 - 1e-7);
    return -mean(y_true * log(p) + (1 - y_true) * log(1 - p), axis<-1>);
  }
};

}  // namespace tenon
