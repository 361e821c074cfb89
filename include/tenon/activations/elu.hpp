// Exponential linear unit.
#pragma once

#include <tenon/core/real.hpp>
#include <tenon/graph/reductions.hpp>
#include <tenon/layers/layer.hpp>

namespace tenon {

/// ELU of a symbol, for layers of one's own.
constexpr Symbol elu(Symbol x, double alpha = 1) { return select(x > 0, x, alpha * expm1(minimum(x, 0))); }

/// x where x > 0, Alpha · (exp(x) - 1) elsewhere. Follows keras.activations.elu.
/// Alpha: the limit for large negative x; `ELU` has 1.0, `ELUWith<0.5>` another.
/// x: any shape → y: the same shape.
///
///     tn::Dense<64, tn::ELU>, tn::Dense<64, tn::ELUWith<0.5>>
template <Real Alpha>
struct ELUWith : Layer<ELUWith<Alpha>> {
  static constexpr auto call(auto x) { return elu(x, Alpha.value); }
};
using ELU = ELUWith<1.0>;

}  // namespace tenon
