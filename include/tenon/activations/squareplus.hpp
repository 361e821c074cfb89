// A rectifier that is smooth without an exponential.
#pragma once

#include <tenon/core/real.hpp>
#include <tenon/graph/elementwise.hpp>
#include <tenon/graph/refuse.hpp>
#include <tenon/layers/layer.hpp>

namespace tenon {

/// Squareplus of a symbol, for layers of one's own. Below 0 the sum would cancel: there it is b / 4 over the same sum of absolute values.
constexpr Symbol squareplus(Symbol x, double b = 4) {
  const Symbol half = 0.5 * (abs(x) + hypot(x, sqrt(constant(x, b))));
  return select(x >= 0, half, b / 4 / half);
}

/// (x + √(x² + Smoothness)) / 2 (Barron 2021). Follows keras.activations.squareplus.
/// Smoothness: Keras's b; `Squareplus` has 4.0, `SquareplusWith<1.0>` another. Refused: one that is not positive.
/// x: any shape → y: the same shape.
///
///     tn::Dense<64, tn::Squareplus>
template <Real Smoothness>
struct SquareplusWith : Layer<SquareplusWith<Smoothness>> {
  using Needs = Limits<Above<0>>;
  static constexpr bool in_range = Needs::hold(Smoothness.value);
  static constexpr auto call(auto x) { return squareplus(detail::check_numbers<SquareplusWith>(x), in_range ? Smoothness.value : 4); }
};
using Squareplus = SquareplusWith<4.0>;

}  // namespace tenon
