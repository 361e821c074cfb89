// What normalizations have in common: their axes, gamma and beta.
#pragma once

#include <tenon/graph/reductions.hpp>
#include <tenon/initializers/constant.hpp>
#include <tenon/layers/with_options.hpp>

namespace tenon::detail {

/// The axes that an option names, as bits. Refused: those that x does not have, and that of the batch.
template <int... Axes>
constexpr int sample_axes(Symbol& x, Axis<Axes...>) {
  const int bits = axis_bits(x, {Axes...});
  for (int i = 0; i < x.shape().rank && !x.poisoned; ++i)
    if ((bits >> i & 1) != 0 && x.shape().extent[i] < 0) x = mistake(x, Problem::axis_out_of_range, x.shape(), Numbers{shape(Axes...)});
  return bits;
}
/// The shape of a weight for these axes, in their order.
constexpr Shape shape_of_axes(const Shape& x, int bits) { return without(x, ~bits); }

/// A weight for these axes of x as a tensor that can be broadcast to x.
constexpr Symbol along(Symbol x, Symbol weight, int bits) {
  const Shape given = x.shape();
  const int last = (1 << weight.shape().rank) - 1;  // the last axes: NumPy's broadcasting finds them
  if (bits == last << (given.rank - weight.shape().rank)) return weight;
  return reshape(weight, with_ones(given, ~bits));
}

/// The mean over a set of axes, which stay as extents of 1.
constexpr Symbol mean_over(Symbol x, int bits) { return reduce(Op::reduce_sum, x, bits) / reduced_count(x, bits); }

template <class... Options>
constexpr Symbol gamma(Symbol x, const Shape& shape) {
  return weight_with_options<OptionOf::gamma_initializer, OptionOf::gamma_regularizer, Ones, Options...>(x, "gamma", shape);
}
template <class... Options>
constexpr Symbol beta(Symbol x, const Shape& shape) {
  return weight_with_options<OptionOf::beta_initializer, OptionOf::beta_regularizer, Zeros, Options...>(x, "beta", shape);
}
template <class... Options>
inline constexpr bool has_gamma = !has_option<OptionOf::scale, Options...>;
template <class... Options>
inline constexpr bool has_beta = !has_option<OptionOf::center, Options...>;

}  // namespace tenon::detail
