// Probabilities from scores.
#pragma once

#include <tenon/graph/reductions.hpp>
#include <tenon/layers/layer.hpp>

namespace tenon {


/// exp(x) / Σ exp(x) along the last axis. Follows keras.activations.softmax.
struct Softmax : Layer<Softmax> {
  static constexpr auto call(auto x) { return softmax(x); }
};

}  // namespace tenon
