// Measures with averaged weights.
#pragma once

#include <tenon/model/callbacks/callback_state.hpp>
#include <tenon/model/fit.hpp>

namespace tenon {

/// While the validation samples are measured, the weights are their moving averages, which the optimizer keeps: with(optimizer, ExponentialMovingAverage{}). With swap_on_epoch they
/// are that at the end of each epoch, too, for the callbacks behind this one (a ModelCheckpoint that saves them), until the next epoch begins.
/// Follows keras.callbacks.SwapEMAWeights. fit throws std::logic_error where the optimizer has no averages.
///
///     model.fit(x, y, {.validation_split = 0.1, .callbacks = {tn::SwapEMAWeights{.swap_on_epoch = true}, tn::ModelCheckpoint{}}});
struct SwapEMAWeights {
  bool swap_on_epoch = false;

  bool ema_weights_in_model = false;  ///< now

  void on_train_begin(TrainableModel&) { ema_weights_in_model = false; }
  void on_test_begin(TrainableModel& model) { show(model, true); }
  void on_test_end(TrainableModel& model) { show(model, false); }
  void on_epoch_begin(TrainableModel& model, int) { show(model, false); }
  void on_epoch_end(TrainableModel& model, int, const Logs&) { show(model, swap_on_epoch); }
  void between_steps(detail::TrainingRun& run) {
    if (run.is_over()) show(run.model(), false);  // fit ends with the averages as weights
  }
  void remember(CallbackState& state) { state("ema_weights_in_model", ema_weights_in_model); }

 private:
  void show(TrainableModel& model, bool averages) {
    if (ema_weights_in_model == averages) return;
    model.swap_ema_weights();
    ema_weights_in_model = averages;
  }
};

}  // namespace tenon
