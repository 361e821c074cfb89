// Penalties on the size of weights.
#pragma once

#include <tenon/core/limits.hpp>
#include <tenon/core/real.hpp>
#include <tenon/graph/reductions.hpp>

namespace tenon {

/// Factor · Σ|w|. Follows keras.regularizers.L1. Its value is added to the loss. Refused: a negative factor.
///
///     tn::Dense<64, tn::KernelRegularizer<tn::L1<1e-4>>>
template <Real Factor = 0.01>
struct L1 {
  using Needs = Limits<AtLeast<0>>;
  static constexpr bool in_range = Needs::hold(Factor.value);
  static constexpr auto call(auto w) { return Factor.value * sum(abs(w)); }
};

/// Factor · Σw². Follows keras.regularizers.L2 (no factor of one half).
///
///     tn::Dense<64, tn::KernelRegularizer<tn::L2<1e-4>>>
template <Real Factor = 0.01>
struct L2 {
  using Needs = Limits<AtLeast<0>>;
  static constexpr bool in_range = Needs::hold(Factor.value);
  static constexpr auto call(auto w) { return Factor.value * sum(square(w)); }
};

/// First · Σ|w| + Second · Σw². Follows keras.regularizers.L1L2.
///
///     tn::Dense<64, tn::KernelRegularizer<tn::L1L2<1e-5, 1e-4>>>
template <Real First = 0.01, Real Second = 0.01>
struct L1L2 {
  using Needs = Limits<AtLeast<0>>;
  static constexpr bool in_range = Needs::hold(First.value, Second.value);
  static constexpr auto call(auto w) { return First.value * sum(abs(w)) + Second.value * sum(square(w)); }
};

}  // namespace tenon
