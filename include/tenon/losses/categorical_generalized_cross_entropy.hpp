// Between cross-entropy and the mean absolute error.
#pragma once

#include <tenon/losses/concept.hpp>

namespace tenon {

/// (1 - p^q) / q, p the probability of the right class: for labels of which some are wrong (Zhang and Sabuncu 2018). Near cross-entropy for q
/// near 0, near the mean absolute error for q near 1. y_true: (B, ...) integers in [0, Classes); y_pred: (B, ..., Classes), probabilities.
/// Refused: labels of another shape; a q that is not between 0 and 1. Follows keras.losses.CategoricalGeneralizedCrossEntropy.
///
///     auto model = tn::compile<Net>(tn::Adam{}, tn::CategoricalGeneralizedCrossEntropy{.q = 0.7f}, tn::Accuracy{});
struct CategoricalGeneralizedCrossEntropy {
  float q = 0.5f;
  Reduction reduction{};

  static constexpr Target target(const Shape& y_pred) { return detail::class_labels(y_pred); }
  static constexpr auto call(auto y_true, auto y_pred) {
    const auto right = one_hot(detail::classes_like(y_true, y_pred), y_pred.shape().back());
    const auto power = parameter<&CategoricalGeneralizedCrossEntropy::q>(y_pred);
    return (1 - pow(sum(select(right, y_pred, 0), axis<-1>), power)) / power;
  }
  constexpr BadNumber check(const Shape&) const { return detail::unless(q > 0 && q < 1, "q", q, "a number between 0 and 1"); }
};

}  // namespace tenon
