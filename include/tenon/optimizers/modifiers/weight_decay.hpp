// Weights that decay.
#pragma once

#include <tenon/optimizers/with.hpp>

namespace tenon {

/// w ← w - w · weight_decay · learning_rate before each update (decoupled weight decay, Loshchilov and Hutter 2019). Keras's weight_decay of
/// every optimizer; AdamW and Muon have their own.
///
///     tn::with(tn::SGD{.learning_rate = 0.1f}, tn::WeightDecay{5e-4f})
struct WeightDecay {
  float weight_decay = 0.f;

  static constexpr Symbol before(Symbol w, Symbol learning_rate) { return w - w * parameter<&WeightDecay::weight_decay>(w) * learning_rate; }
};

}  // namespace tenon
