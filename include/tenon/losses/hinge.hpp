// Margins of labels that are yes and no.
#pragma once

#include <tenon/losses/concept.hpp>

namespace tenon {
namespace detail {

/// max(1 - y · y_pred, 0); labels are -1 and 1, and 0 counts as -1 (Keras's rule where all labels are 0 or 1).
constexpr Symbol missing_margin(Symbol y_true, Symbol y_pred) {
  const Symbol y = labels_like(y_true, y_pred);
  return maximum(1 - select(y == 0, -1, y) * y_pred, 0);
}

}  // namespace detail

/// mean(max(1 - y_true · y_pred, 0)) over the last axis, for outputs without an activation, or with Tanh. Also a metric. y_true: -1 and 1, or 0 and 1.
/// y_true and y_pred: (B, ..., D). Refused: labels of another shape than the output. Follows keras.losses.Hinge.
///
///     auto model = tn::compile<Net>(tn::Adam{}, tn::Hinge{});
struct Hinge {
  Reduction reduction{};

  static constexpr auto call(auto y_true, auto y_pred) { return mean(detail::missing_margin(y_true, y_pred), axis<-1>); }
};

/// mean(max(1 - y_true · y_pred, 0)²) over the last axis; all else as Hinge. Follows keras.losses.SquaredHinge.
struct SquaredHinge {
  Reduction reduction{};

  static constexpr auto call(auto y_true, auto y_pred) { return mean(square(detail::missing_margin(y_true, y_pred)), axis<-1>); }
};

/// max(1 + max((1 - y_true) · y_pred) - Σ y_true · y_pred, 0) along the last axis, the classes. y_true (one-hot) and y_pred: (B, ..., Classes).
/// Also a metric. Refused: labels of another shape than the output. Follows keras.losses.CategoricalHinge.
struct CategoricalHinge {
  Reduction reduction{};

  static constexpr auto call(auto y_true, auto y_pred) {
    const auto y = detail::labels_like(y_true, y_pred);
    return maximum(1 + max((1 - y) * y_pred, axis<-1>) - sum(y * y_pred, axis<-1>), 0);
  }
};

}  // namespace tenon
