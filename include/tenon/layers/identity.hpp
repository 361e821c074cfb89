// Nothing is done.
#pragma once

#include <tenon/layers/layer.hpp>

namespace tenon {

/// x. Follows keras.layers.Identity.
/// x: any shape → y: the same shape.
///
///     std::conditional_t<normalized, tn::BatchNormalization, tn::Identity> norm;  // a member of a model
struct Identity : Layer<Identity> {
  static constexpr auto call(auto x) { return x; }
};

}  // namespace tenon
