// The angle between two vectors.
#pragma once

#include <tenon/losses/concept.hpp>

namespace tenon {
namespace detail {

/// x divided by its length; of zeros zeros, with a gradient.
template <int A>
constexpr Symbol unit_length(Symbol x, Axis<A> along) { return x * rsqrt(maximum(sum(square(x), along, keep_dims), 1e-14)); }

}  // namespace detail

/// The cosine of the angle between y_true and y_pred along an axis, 0 where one of them is zero: as a loss -cosine, which is least where they point the
/// same way, as a metric +cosine. y_true and y_pred: (B, ..., D). Refused: labels of another shape than the output; the axis of the batch.
/// Follows keras.losses.CosineSimilarity and keras.metrics.CosineSimilarity; another axis than -1 is CosineSimilarityWith<axis>.
///
///     auto model = tn::compile<Net>(tn::Adam{}, tn::CosineSimilarity{}, tn::CosineSimilarity{});
template <int Along>
struct CosineSimilarityWith {
  Reduction reduction{};

  static constexpr auto cosine(auto y_true, auto y_pred) {
    return sum(detail::unit_length(detail::labels_like(y_true, y_pred), axis<Along>) * detail::unit_length(y_pred, axis<Along>), axis<Along>);
  }
  static constexpr auto call(auto y_true, auto y_pred) { return -cosine(y_true, y_pred); }
  static constexpr auto measure(auto y_true, auto y_pred) { return cosine(y_true, y_pred); }
};
using CosineSimilarity = CosineSimilarityWith<-1>;

}  // namespace tenon
