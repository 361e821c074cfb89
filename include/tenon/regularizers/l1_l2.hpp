// Penalties on the size of weights.
#pragma once

#include <tenon/core/real.hpp>
#include <tenon/graph/reductions.hpp>

namespace tenon {

/// Factor · Σ|w|. Follows keras.regularizers.L1.
template <Real Factor = 0.01>
struct L1 {
  static constexpr auto call(auto w) { return Factor.value * sum(abs(w)); }
};

/// Factor · Σw². Follows keras.regularizers.L2 (no factor of one half).
template <Real Factor = 0.01>
struct L2 {
  static constexpr auto call(auto w) { return Factor.value * sum(square(w)); }
};

/// First · Σ|w| + Second · Σw². Follows keras.regularizers.L1L2.
template <Real First = 0.01, Real Second = 0.01>
struct L1L2 {
  static constexpr auto call(auto w) { return First.value * sum(abs(w)) + Second.value * sum(square(w)); }
};

}  // namespace tenon
