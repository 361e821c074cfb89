// Cross-entropy of yes and no that looks at what is still wrong.
#pragma once

#include <tenon/losses/binary_crossentropy.hpp>

namespace tenon {

/// mean((1 - p_t)^gamma · cross-entropy) over the last axis, p_t = y_true · p + (1 - y_true) · (1 - p) the probability of the right answer
/// (Lin et al. 2017). With apply_class_balancing also times alpha where y_true is 1 and 1 - alpha where it is 0. y_true and y_pred: (B, ..., D);
/// p is y_pred, or its sigmoid if from_logits. Behind a Sigmoid, and with from_logits, the logarithm uses the scores directly, where Keras
/// clips the probability. label_smoothing as in BinaryCrossentropy. Refused: labels of another shape than the output; a gamma below 0; an
/// alpha or label_smoothing outside 0 to 1. Follows keras.losses.BinaryFocalCrossentropy.
///
///     auto model = tn::compile<Net>(tn::Adam{}, tn::BinaryFocalCrossentropy{.apply_class_balancing = true, .gamma = 3});
struct BinaryFocalCrossentropy {
  bool apply_class_balancing = false;
  float alpha = 0.25f;
  float gamma = 2;
  bool from_logits = false;
  float label_smoothing = 0;
  Reduction reduction{};

  constexpr auto call(auto y_true, auto y_pred) const {
    using Self = BinaryFocalCrossentropy;
    const auto y = detail::smooth_labels(detail::labels_like(y_true, y_pred), parameter<&Self::label_smoothing>(y_pred), 0.5);
    const auto p = from_logits ? sigmoid(y_pred) : y_pred;
    const auto wrong = 1 - (y * p + (1 - y) * (1 - p)), a = parameter<&Self::alpha>(y_pred);
    const auto weight = select(parameter<&Self::apply_class_balancing>(y_pred), y * a + (1 - y) * (1 - a), 1);
    return mean(weight * pow(wrong, parameter<&Self::gamma>(y_pred)) * detail::binary_crossentropy_of(y, p), axis<-1>);
  }
  constexpr BadNumber check(const Shape&) const {
    using detail::first_of;
    return first_of(detail::fraction("alpha", alpha), first_of(detail::unless(gamma >= 0, "gamma", gamma, "0 or more"), detail::fraction("label_smoothing", label_smoothing)));
  }
};

}  // namespace tenon
