// Vectors of length 1.
#pragma once

#include <tenon/layers/normalization_axes.hpp>

namespace tenon {
namespace detail {

/// x / max(|x|, epsilon), the length over a set of axes.
constexpr Symbol normalized(Symbol x, int axes, double epsilon) {
  return x * rsqrt(maximum(reduce(Op::reduce_sum, square(x), axes), epsilon * epsilon));
}

}  // namespace detail

/// x divided by its Euclidean length over some axes, which is at least 1e-12. Follows keras.layers.UnitNormalization.
/// Axes: `UnitNormalization` takes the last, `UnitNormalizationWith<1, 2>` others. x: (B, …) → y: the same shape.
/// Refused: axes that x does not have, and that of the batch.
///
///     tn::Dense<64>, tn::UnitNormalization
template <int... Axes>
struct UnitNormalizationWith : Layer<UnitNormalizationWith<Axes...>> {
  static constexpr auto call(auto x) {
    const int axes = detail::sample_axes(x, axis<Axes...>);
    return x.poisoned ? x : detail::normalized(x, axes, 1e-12);
  }
};
using UnitNormalization = UnitNormalizationWith<-1>;

}  // namespace tenon
