// Probabilities from scores.
#pragma once

#include <tenon/graph/reductions.hpp>
#include <tenon/layers/layer.hpp>

namespace tenon {

/// exp(x) / Σ exp(x) along the last axis. Follows keras.activations.softmax.
/// x: (…, Classes) → y: the same shape, rows that add up to 1. Refused: x without an axis besides the batch.
///
///     tn::Dense<10, tn::Softmax>
struct Softmax : Layer<Softmax> {
  static constexpr auto call(auto x) { return softmax(x); }
};

}  // namespace tenon
