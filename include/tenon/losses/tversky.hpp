// How little two masks overlap.
#pragma once

#include <tenon/losses/concept.hpp>

namespace tenon {
namespace detail {

template <int... Along>
constexpr Symbol overlap(Symbol y_true, Symbol y_pred, Symbol alpha, Symbol beta, Axis<Along...> along) {
  const Symbol y = labels_like(y_true, y_pred), both = sum(y * y_pred, along);
  return both / (both + alpha * sum((1 - y_pred) * y, along) + beta * sum(y_pred * (1 - y), along) + 1e-7);
}

}  // namespace detail

/// 1 - tp / (tp + alpha · fn + beta · fp), tp = Σ y_true · y_pred, fn = Σ y_true · (1 - y_pred), fp = Σ (1 - y_true) · y_pred (Salehi et al. 2017).
/// Tversky sums over the whole batch: the loss is one number, times the mean of the sample weights. TverskyWith<1, 2> sums over these
/// axes: one value for each sample (and each of the other axes), each with the weight of its sample. y_true and y_pred: (B, ...), masks and probabilities.
/// Refused: labels of another shape than the output; the axis of the batch together with some others. Follows keras.losses.Tversky.
///
///     auto model = tn::compile<Net>(tn::Adam{}, tn::TverskyWith<1, 2, 3>{.alpha = 0.3f, .beta = 0.7f});
template <int... Along>
struct TverskyWith {
  float alpha = 0.5f;
  float beta = 0.5f;
  Reduction reduction{};

  static constexpr bool of_whole_batch = sizeof...(Along) == 0;
  static constexpr auto call(auto y_true, auto y_pred) {
    return 1 - detail::overlap(y_true, y_pred, parameter<&TverskyWith::alpha>(y_pred), parameter<&TverskyWith::beta>(y_pred), axis<Along...>);
  }
};
using Tversky = TverskyWith<>;

}  // namespace tenon
