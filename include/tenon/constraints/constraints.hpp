// Where weights are brought back to after each step of training.
#pragma once

#include <tenon/core/limits.hpp>
#include <tenon/core/real.hpp>
#include <tenon/graph/reductions.hpp>

namespace tenon {
namespace detail {

/// ‖w‖ over these axes, which stay as extents of 1; over axis 0 where none is named.
template <int... Axes>
constexpr Symbol norm_over(Symbol w) {
  if constexpr (sizeof...(Axes) == 0) return norm_over<0>(w);
  else return sqrt(sum(square(w), axis<Axes...>, keep_dims));
}
inline constexpr double norm_epsilon = 1e-7;  // keras.config.epsilon()

}  // namespace detail

/// w · min(‖w‖, MaxValue) / (‖w‖ + 1e-7) with the norm over the axes, that is, of the weights of each unit; axis 0 where none is named, as is right
/// for Dense; 0, 1, 2 for Conv2D. Follows keras.constraints.MaxNorm, whose max_value is 2 by default. Refused: a negative MaxValue.
///
///     tn::Dense<64, tn::KernelConstraint<tn::MaxNorm<2>>>
template <Real MaxValue, int... Axes>
struct MaxNorm {
  using Needs = Limits<AtLeast<0>>;
  static constexpr bool in_range = Needs::hold(MaxValue.value);
  static constexpr auto call(auto w) {
    const auto norm = detail::norm_over<Axes...>(w);
    return w * (minimum(norm, MaxValue.value) / (detail::norm_epsilon + norm));
  }
};

/// w · (Rate · clip(‖w‖, MinValue, MaxValue) + (1 - Rate) · ‖w‖) / (‖w‖ + 1e-7): the norm over the axes comes between the limits, at once or at
/// this rate. Axes as in MaxNorm. Follows keras.constraints.MinMaxNorm. Refused: a negative number.
///
///     tn::Dense<64, tn::KernelConstraint<tn::MinMaxNorm<0.5, 1>>>
template <Real MinValue, Real MaxValue, Real Rate = 1, int... Axes>
struct MinMaxNorm {
  using Needs = Limits<AtLeast<0>>;
  static constexpr bool in_range = Needs::hold(MinValue.value, MaxValue.value, Rate.value);
  static constexpr auto call(auto w) {
    const auto norm = detail::norm_over<Axes...>(w), wanted = clip(norm, MinValue.value, MaxValue.value);
    return w * ((Rate.value * wanted + (1 - Rate.value) * norm) / (detail::norm_epsilon + norm));
  }
};

/// max(w, 0). Follows keras.constraints.NonNeg.
///
///     tn::Dense<64, tn::KernelConstraint<tn::NonNeg>>
struct NonNeg {
  static constexpr auto call(auto w) { return maximum(w, 0); }
};

/// w / (‖w‖ + 1e-7) with the norm over these axes: `UnitNormWith<0, 1, 2>` for Conv2D.
template <int... Axes>
struct UnitNormWith {
  static constexpr auto call(auto w) { return w / (detail::norm_epsilon + detail::norm_over<Axes...>(w)); }
};
/// The same over axis 0, as is right for Dense. Follows keras.constraints.UnitNorm.
///
///     tn::Dense<64, tn::KernelConstraint<tn::UnitNorm>>
using UnitNorm = UnitNormWith<0>;

}  // namespace tenon
