// Squared near zero, linear beyond.
#pragma once

#include <tenon/losses/concept.hpp>

namespace tenon {

/// d² / 2 where |d| <= delta, delta · |d| - delta² / 2 elsewhere, d = y_pred - y_true; the mean over the last axis. Also a metric.
/// y_true and y_pred: (B, ..., D). Refused: labels of another shape than the output; a delta that is not above 0. Follows keras.losses.Huber.
///
///     auto model = tn::compile<Net>(tn::Adam{}, tn::Huber{.delta = 0.5f});
struct Huber {
  float delta = 1;
  Reduction reduction{};

  static constexpr auto call(auto y_true, auto y_pred) {
    const auto d = abs(y_pred - detail::labels_like(y_true, y_pred)), limit = parameter<&Huber::delta>(y_pred);
    return mean(select(d <= limit, 0.5 * square(d), limit * (d - 0.5 * limit)), axis<-1>);
  }
  constexpr BadNumber check(const Shape&) const { return detail::unless(delta > 0, "delta", delta, "a number above 0"); }
};

}  // namespace tenon
