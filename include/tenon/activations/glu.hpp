// Gated linear unit.
#pragma once

#include <tenon/graph/reductions.hpp>
#include <tenon/layers/layer.hpp>

namespace tenon {

/// GLU of a symbol, for layers of one's own: glu(x) along the last axis, glu(x, axis<1>) along another.
template <int Where = -1>
constexpr Symbol glu(Symbol x, Axis<Where> where = {}) { return split<2>(x, where, 0) * sigmoid(split<2>(x, where, 1)); }

/// a · sigmoid(b), where a and b are the two halves of x along an axis (Dauphin et al. 2017). Follows keras.activations.glu.
/// Where: the axis; the batch is axis 0, and `GLU` takes the last. x: (…, 2 C, …) → y: (…, C, …).
/// Refused: an odd extent; an axis that x does not have; that of the batch.
///
///     tn::Dense<128>, tn::GLU  // (B, 64)
template <int Where>
struct GLUWith : Layer<GLUWith<Where>> {
  static constexpr auto call(auto x) { return glu(x, axis<Where>); }
};
using GLU = GLUWith<-1>;

}  // namespace tenon
