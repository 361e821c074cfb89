// The negative logarithm of a Poisson likelihood.
#pragma once

#include <tenon/losses/concept.hpp>

namespace tenon {

/// mean(y_pred - y_true · log(y_pred + 1e-7)) over the last axis, for counts y_true and rates y_pred > 0. Also a metric.
/// y_true and y_pred: (B, ..., D). Refused: labels of another shape than the output. Follows keras.losses.Poisson.
///
///     auto model = tn::compile<Net>(tn::Adam{}, tn::Poisson{});
struct Poisson {
  Reduction reduction{};

  static constexpr auto call(auto y_true, auto y_pred) { return mean(y_pred - detail::labels_like(y_true, y_pred) * log(y_pred + 1e-7), axis<-1>); }
};

}  // namespace tenon
