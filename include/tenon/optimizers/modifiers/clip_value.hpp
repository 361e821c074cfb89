// Gradients between two limits.
#pragma once

#include <tenon/optimizers/with.hpp>

namespace tenon {

/// g ← min(max(g, -clipvalue), clipvalue), number by number; 0: as it is. Keras's clipvalue of every optimizer.
///
///     tn::with(tn::Adam{}, tn::ClipValue{0.5f})
struct ClipValue {
  float clipvalue = 0.f;

  static constexpr bool clips = true;
  static constexpr Symbol gradient(Symbol, Symbol g) {
    const auto limit = parameter<&ClipValue::clipvalue>(g);
    return select(limit > 0, clip(g, -limit, limit), g);
  }
};

}  // namespace tenon
