// The divergence of two distributions.
#pragma once

#include <tenon/losses/concept.hpp>

namespace tenon {

/// Σ y_true · log(y_true / y_pred) over the last axis, both kept between 1e-7 and 1 (Kullback and Leibler 1951). Also a metric.
/// y_true and y_pred: (B, ..., Classes), probabilities. Refused: labels of another shape than the output. Follows keras.losses.KLDivergence.
///
///     auto model = tn::compile<Net>(tn::Adam{}, tn::KLDivergence{});
struct KLDivergence {
  Reduction reduction{};

  static constexpr auto call(auto y_true, auto y_pred) {
    const auto y = clip(detail::labels_like(y_true, y_pred), 1e-7, 1);
    return sum(y * log(y / clip(y_pred, 1e-7, 1)), axis<-1>);
  }
};

}  // namespace tenon
