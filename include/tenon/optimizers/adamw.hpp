// AdamW.
#pragma once

#include <tenon/optimizers/adam.hpp>

namespace tenon {

/// w ← w - learning_rate · weight_decay · w, then Adam's step (Loshchilov and Hutter 2019). Follows keras.optimizers.AdamW.
/// w: any shape; g: its gradient; m, v (and with amsgrad the largest v): kept for each weight, zero at first.
///
///     auto model = tn::compile<Net>(tn::AdamW{.learning_rate = 1e-4f, .weight_decay = 0.01f}, tn::SparseCategoricalCrossentropy{});
struct AdamW {
  LearningRate learning_rate = 0.001f;
  float weight_decay = 0.004f;
  float beta_1 = 0.9f;
  float beta_2 = 0.999f;
  float epsilon = 1e-7f;
  bool amsgrad = false;

  static constexpr auto update(auto w, auto g) { return detail::amsgrad_step<AdamW>(decayed(w), g); }
  constexpr bool plain() const { return !amsgrad; }
  static constexpr auto plain_update(auto w, auto g) { return detail::plain_adam_step<AdamW>(decayed(w), g); }

 private:
  static constexpr auto decayed(auto w) { return w - w * parameter<&AdamW::weight_decay>(w) * parameter<&AdamW::learning_rate>(w); }
};

}  // namespace tenon
