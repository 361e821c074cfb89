// The fraction of samples that are classified rightly.
#pragma once

#include <tenon/losses/concept.hpp>

namespace tenon {

/// Is the largest of y_pred where y_true says? y_true: (B, ...) integers; y_pred: (B, ..., Classes).
/// Follows keras.metrics.SparseCategoricalAccuracy. Refused: labels of another shape, but for an axis of extent 1 at the end.
struct SparseCategoricalAccuracy {
  static constexpr auto call(auto y_true, auto y_pred) { return argmax(y_pred, axis<-1>) == detail::classes_like(y_true, y_pred); }
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
    const Shape labels = y_true.shape(), output = y_pred.shape();
    if (output.back() == 1) return mean((y_pred > 0.5) == detail::labels_like(y_true, y_pred), axis<-1>);
    if (output.rank > labels.rank) return SparseCategoricalAccuracy::call(y_true, y_pred);
    return CategoricalAccuracy::call(y_true, y_pred);
  }
};

}  // namespace tenon
