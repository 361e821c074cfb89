// Is the right class among the largest outputs?
#pragma once

#include <tenon/losses/concept.hpp>

namespace tenon {
namespace detail {

/// 1 where fewer than k outputs are larger than that of the right class: outputs that equal it do not count against it (Keras's rule), and NaN is the smallest.
constexpr Symbol in_top_k(Symbol classes, Symbol y_pred, Symbol k) {
  if (classes.poisoned) return classes;
  const Symbol value = sum(select(one_hot(classes, y_pred.shape().back()), y_pred, 0), axis<-1>, keep_dims);
  return sum(y_pred > select(is_nan(value), -largest_float, value), axis<-1>) < k;
}

}  // namespace detail

/// Is the class y_true among the k largest of y_pred? y_true: (B, ...) integers; y_pred: (B, ..., Classes). Refused: labels of another shape; a k below 1.
/// Follows keras.metrics.SparseTopKCategoricalAccuracy.
///
///     auto model = tn::compile<Net>(tn::Adam{}, tn::SparseCategoricalCrossentropy{}, tn::SparseTopKCategoricalAccuracy{.k = 3});
struct SparseTopKCategoricalAccuracy {
  int k = 5;

  static constexpr auto call(auto y_true, auto y_pred) {
    return detail::in_top_k(detail::classes_like(y_true, y_pred), y_pred, parameter<&SparseTopKCategoricalAccuracy::k>(y_pred));
  }
  constexpr BadNumber check(const Shape&) const { return detail::unless(k >= 1, "k", k, "at least 1"); }
};

/// The same where the class is the place of the largest of y_true: both (B, ..., Classes). Follows keras.metrics.TopKCategoricalAccuracy.
struct TopKCategoricalAccuracy {
  int k = 5;

  static constexpr auto call(auto y_true, auto y_pred) {
    return detail::in_top_k(argmax(detail::labels_like(y_true, y_pred), axis<-1>), y_pred, parameter<&TopKCategoricalAccuracy::k>(y_pred));
  }
  constexpr BadNumber check(const Shape&) const { return detail::unless(k >= 1, "k", k, "at least 1"); }
};

}  // namespace tenon
