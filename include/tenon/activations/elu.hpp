// Exponential linear unit.
#pragma once

#include <tenon/core/real.hpp>
#include <tenon/graph/reductions.hpp>
#include <tenon/layers/layer.hpp>

namespace tenon {

constexpr Symbol elu(Symbol x, double alpha = 1) { return select(x > 0, x, alpha * expm1(minimum(x, 0))); }

/// x where x > 0, Alpha · (exp(x) - 1) elsewhere. `ELU` has Alpha = 1.0; ELUWith<Alpha> another. Follows keras.activations.elu.
template <Real Alpha>
struct ELUWith : Layer<ELUWith<Alpha>> {
  static constexpr auto call(auto x) { return elu(x, Alpha.value); }
};
using ELU = ELUWith<1.0>;

}  // namespace tenon
