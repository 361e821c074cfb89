// All gradients together of a limited norm.
#pragma once

#include <tenon/optimizers/with.hpp>

namespace tenon {

/// g ← g · min(1, global_clipnorm / ‖g‖) where ‖g‖ is the norm of the gradients of all variables together; 0: as it is.
/// A gradient that is infinite or NaN makes all NaN. Keras's global_clipnorm of every optimizer.
///
///     tn::with(tn::Adam{}, tn::GlobalClipNorm{1.f})
struct GlobalClipNorm {
  float global_clipnorm = 0.f;

  static constexpr bool clips = true;
  static constexpr Symbol gradient(Symbol, Symbol g) {
    const auto limit = parameter<&GlobalClipNorm::global_clipnorm>(g), norm = sqrt(squared_global_norm(g));
    return g * select(limit > 0, limit * minimum(1 / norm, 1 / limit) + (norm - norm), 1);
  }
};

}  // namespace tenon
