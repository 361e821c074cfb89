// Gradients of a limited norm.
#pragma once

#include <tenon/graph/reductions.hpp>
#include <tenon/optimizers/with.hpp>

namespace tenon {

/// For each variable: g ← g · clipnorm / max(‖g‖, clipnorm) with ‖g‖ = √Σg²; 0: as it is. Keras's clipnorm of every optimizer.
///
///     tn::with(tn::Adam{}, tn::ClipNorm{1.f})
struct ClipNorm {
  float clipnorm = 0.f;

  static constexpr bool clips = true;
  static constexpr Symbol gradient(Symbol, Symbol g) {
    const auto limit = parameter<&ClipNorm::clipnorm>(g);
    return g * select(limit > 0, limit / maximum(sqrt(sum(square(g))), limit), 1);
  }
};

}  // namespace tenon
