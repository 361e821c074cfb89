// Weights that decay.
#pragma once

#include <string_view>

#include <tenon/optimizers/with.hpp>

namespace tenon {

/// w ← w - w · weight_decay · learning_rate before each update (decoupled weight decay, Loshchilov and Hutter 2019). Keras's weight_decay of
/// every optimizer; AdamW and Muon have their own. Weights whose name contains one of `exclude_from_weight_decay` do not decay; that is asked
/// before the first step, and the update then runs for each variable by itself.
///
///     tn::with(tn::SGD{.learning_rate = 0.1f}, tn::WeightDecay{5e-4f})
///     tn::with(tn::Adam{}, tn::WeightDecay{.weight_decay = 0.004f, .exclude_from_weight_decay = {"bias", "gamma", "beta"}})
struct WeightDecay {
  float weight_decay = 0.f;
  const char* exclude_from_weight_decay[8] = {};

  static constexpr Symbol before(Symbol w, Symbol learning_rate) { return w - w * parameter<&WeightDecay::weight_decay>(w) * learning_rate; }

  bool excludes_any() const { return exclude_from_weight_decay[0] != nullptr; }
  bool excludes(std::string_view name) const {
    for (const char* part : exclude_from_weight_decay)
      if (part != nullptr && name.find(part) != std::string_view::npos) return true;
    return false;
  }
};

}  // namespace tenon
