// Cross-entropy of yes and no.
#pragma once

#include <tenon/losses/label_smoothing.hpp>

namespace tenon {
namespace detail {

/// -(y · log(p) + (1 - y) · log(1 - p)), p kept away from 0 and 1.
constexpr Symbol binary_crossentropy_of(Symbol y, Symbol p) { return -(y * log(clip(p, 1e-7, 1 - 1e-7)) + (1 - y) * log(1 - clip(p, 1e-7, 1 - 1e-7))); }

}  // namespace detail

/// -mean(y_true · log(y_pred) + (1 - y_true) · log(1 - y_pred)) over the last axis. Also a metric. y_true and y_pred: (B, ..., D).
/// y_pred holds probabilities, or scores z if from_logits: then y_true · log(1 + exp(-z)) + (1 - y_true) · log(1 + exp(z)), in which
/// nothing cancels. Behind a Sigmoid the scores are used directly. label_smoothing s: y_true · (1 - s) + s / 2 instead of y_true.
/// Refused: labels of another shape than the output; a label_smoothing outside 0 to 1. Follows keras.losses.BinaryCrossentropy.
///
///     auto model = tn::compile<Net>(tn::Adam{}, tn::BinaryCrossentropy{}, tn::Accuracy{});
struct BinaryCrossentropy {
  bool from_logits = false;
  float label_smoothing = 0;
  Reduction reduction{};

  constexpr auto call(auto y_true, auto y_pred) const {
    const auto y = detail::smooth_labels(detail::labels_like(y_true, y_pred), parameter<&BinaryCrossentropy::label_smoothing>(y_pred), 0.5);
    if (from_logits) return mean(y * softplus(-y_pred) + (1 - y) * softplus(y_pred), axis<-1>);
    return mean(detail::binary_crossentropy_of(y, y_pred), axis<-1>);
  }
  constexpr BadNumber check(const Shape&) const { return detail::fraction("label_smoothing", label_smoothing); }
};

}  // namespace tenon
