// Smooth rectifier.
#pragma once

#include <tenon/graph/reductions.hpp>
#include <tenon/layers/layer.hpp>

namespace tenon {


/// log(1 + exp(x)). Follows keras.activations.softplus.
struct Softplus : Layer<Softplus> {
  static constexpr auto call(auto x) { return softplus(x); }
};

}  // namespace tenon
