// The axes of a sample in another order.
#pragma once

#include <tenon/graph/movement.hpp>
#include <tenon/layers/layer.hpp>

namespace tenon {

/// Axis i of y is axis Dims[i] of x, counted from 1 as the batch is 0. Follows keras.layers.Permute.
/// x: (B, …) → y: (B, …). Refused: what is no permutation of 1, 2, … up to the number of axes of a sample.
///
///     tn::Input<10, 64>, tn::Permute<2, 1>  // (B, 64, 10)
template <int... Dims>
struct Permute : Layer<Permute<Dims...>> {
  static constexpr auto call(auto x) {
    if constexpr (sizeof...(Dims) >= max_rank) return x.poisoned ? x : detail::mistake(x, Problem::rank_too_large, x.shape());
    else return transpose(x, axis<0, Dims...>);
  }
};

}  // namespace tenon
