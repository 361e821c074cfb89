// The fraction of samples that are classified rightly.
#pragma once

#include <tenon/losses/concept.hpp>

namespace tenon {

/// Is the largest of y_pred where y_true says? y_true: (B, ...) integers; y_pred: (B, ..., Classes).
/// Follows keras.metrics.SparseCategoricalAccuracy.
struct SparseCategoricalAccuracy {
  static constexpr Target target(const Shape& y_pred) { return detail::class_labels(y_pred); }
  static constexpr auto call(auto y_true, auto y_pred) { return argmax(y_pred, axis<-1>) == y_true; }
};

/// Is the largest of y_pred where the largest of y_true is? Both (B, ..., Classes). Follows keras.metrics.CategoricalAccuracy.
struct CategoricalAccuracy {
  static constexpr auto call(auto y_true, auto y_pred) { return argmax(y_pred, axis<-1>) == argmax(detail::labels_like(y_true, y_pred), axis<-1>); }
};

/// Is y_pred > threshold where y_true is 1, and not where it is 0? Both (B, ..., D). Follows keras.metrics.BinaryAccuracy.
///
///     tn::BinaryAccuracy{.threshold = 0.9f}
struct BinaryAccuracy {
  float threshold = 0.5f;
  static constexpr auto call(auto y_true, auto y_pred) { return mean((y_pred > parameter<&BinaryAccuracy::threshold>(y_pred)) == detail::labels_like(y_true, y_pred), axis<-1>); }
};

/// The one of the three that fits the labels, as "accuracy" in Keras: binary for one output, sparse for integer labels
/// (fewer axes than y_pred), categorical otherwise.
///
///     const auto [loss, accuracy] = tn::compile<Net>(tn::Adam{}, tn::SparseCategoricalCrossentropy{}, tn::Accuracy{}).evaluate(x, y);
struct Accuracy {
  static constexpr auto call(auto y_true, auto y_pred) {
    if (y_pred.shape().back() == 1 && y_true.shape().rank == y_pred.shape().rank) return mean((y_pred > 0.5) == y_true, axis<-1>);
    if (y_true.shape().rank < y_pred.shape().rank) return SparseCategoricalAccuracy::call(y_true, y_pred);
    return CategoricalAccuracy::call(y_true, y_pred);
  }
};

}  // namespace tenon
