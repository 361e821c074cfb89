// Cross-entropy of integer labels.
#pragma once

#include <tenon/losses/concept.hpp>

namespace tenon {

/// -log(y_pred[y_true]). Also a metric. y_true: (B, ...) integers in [0, Classes); y_pred: (B, ..., Classes).
/// y_pred holds probabilities, or scores if from_logits. Probabilities are divided by their sum, then kept away from 0 and 1.
/// Behind a Softmax the scores are used directly, so that nothing is lost where a probability rounds to 0 or 1. Refused: labels of another shape.
/// Follows keras.losses.SparseCategoricalCrossentropy (on JAX and PyTorch; on TensorFlow Keras clips before it divides).
///
///     auto model = tn::compile<Net>(tn::Adam{}, tn::SparseCategoricalCrossentropy{}, tn::Accuracy{});
struct SparseCategoricalCrossentropy {
  bool from_logits = false;
  Reduction reduction{};

  static constexpr Target target(const Shape& y_pred) { return detail::class_labels(y_pred); }
  constexpr auto call(auto y_true, auto y_pred) const {
    return -sum(select(one_hot(detail::classes_like(y_true, y_pred), y_pred.shape().back()), detail::log_probabilities(y_pred, from_logits), 0), axis<-1>);
  }
};

/// A label that is no class: where it stands (padding, the border of an object) nothing is compared.
template <int Label>
struct IgnoreClass {};

/// SparseCategoricalCrossentropy without the values whose label is the ignored one, which may be outside [0, Classes): the mean is that of the
/// others, or 0 if there are none. As a metric they count as 0. Follows keras.losses.SparseCategoricalCrossentropy(ignore_class=…).
///
///     auto model = tn::compile<Net>(tn::Adam{}, tn::SparseCategoricalCrossentropyWith<tn::IgnoreClass<255>>{});
template <class Ignored>
struct SparseCategoricalCrossentropyWith;
template <int Label>
struct SparseCategoricalCrossentropyWith<IgnoreClass<Label>> {
  bool from_logits = false;
  Reduction reduction{};

  static constexpr long ignored_label = Label;
  static constexpr Target target(const Shape& y_pred) { return detail::class_labels(y_pred); }
  /// 1 for the values that count.
  static constexpr auto mask(auto y_true, auto y_pred) { return detail::classes_like(y_true, y_pred) != Label; }
  constexpr auto call(auto y_true, auto y_pred) const {
    return select(mask(y_true, y_pred), SparseCategoricalCrossentropy{.from_logits = from_logits}.call(y_true, y_pred), 0);
  }
};

}  // namespace tenon
