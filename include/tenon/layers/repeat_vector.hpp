// A vector as a sequence.
#pragma once

#include <tenon/graph/movement.hpp>
#include <tenon/graph/refuse.hpp>
#include <tenon/layers/layer.hpp>

namespace tenon {

/// x: (B, C) → y: (B, Count, C), the same vector Count times. Follows keras.layers.RepeatVector.
/// Refused: a count below 1; x that is not one vector per sample.
///
///     tn::Dense<32>, tn::RepeatVector<3>  // (B, 3, 32)
template <int Count>
struct RepeatVector : Layer<RepeatVector<Count>> {
  static constexpr auto call(auto x) {
    x = detail::in_range<AtLeast<1>>(x, Count);
    if (x.poisoned) return x;
    const Shape given = x.shape();
    if (given.rank != 2) return detail::mistake(x, given.rank > 2 ? Problem::rank_too_large : Problem::rank_too_small, given, shape(1));
    return broadcast_to(expand_dims(x, axis<1>), shape(given[0], Count, given[1]));
  }
};

}  // namespace tenon
