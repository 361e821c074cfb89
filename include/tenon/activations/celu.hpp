// Exponential linear unit whose slope does not jump.
#pragma once

#include <tenon/core/real.hpp>
#include <tenon/graph/elementwise.hpp>
#include <tenon/graph/refuse.hpp>
#include <tenon/layers/layer.hpp>

namespace tenon {

/// CELU of a symbol, for layers of one's own.
constexpr Symbol celu(Symbol x, double alpha = 1) { return select(x > 0, x, alpha * expm1(minimum(x, 0) * (1 / alpha))); }

/// x where x > 0, Alpha · (exp(x / Alpha) - 1) elsewhere (Barron 2017). Follows keras.activations.celu.
/// Alpha: the limit for large negative x; `CELU` has 1.0, `CELUWith<0.5>` another. Refused: one that is not positive.
/// x: any shape → y: the same shape.
///
///     tn::Dense<64, tn::CELU>, tn::Dense<64, tn::CELUWith<0.5>>
template <Real Alpha>
struct CELUWith : Layer<CELUWith<Alpha>> {
  using Needs = Limits<Above<0>>;
  static constexpr bool in_range = Needs::hold(Alpha.value);
  static constexpr auto call(auto x) { return celu(detail::check_numbers<CELUWith>(x), in_range ? Alpha.value : 1); }
};
using CELU = CELUWith<1.0>;

}  // namespace tenon
