// Ends training when it no longer helps.
#pragma once

#include <tenon/model/callbacks/callback_state.hpp>
#include <tenon/model/callbacks/monitor.hpp>
#include <tenon/model/trainable_model.hpp>

namespace tenon {

/// Stops after `patience` epochs in which the monitored value did not get better by more than min_delta (and, if there is a
/// baseline, better than that). Follows keras.callbacks.EarlyStopping.
///
///     model.fit(x, y, {.epochs = 100, .validation_split = 0.1, .callbacks = {tn::EarlyStopping{.patience = 2, .restore_best_weights = true}}});
struct EarlyStopping {
  std::string monitor = "val_loss";
  double min_delta = 0;
  int patience = 0;
  int verbose = 0;                      ///< 1: says on stdout when it stops
  Mode mode = Mode::auto_;
  std::optional<double> baseline = {};
  bool restore_best_weights = false;    ///< at the end of training
  int start_from_epoch = 0;             ///< epochs before this one are not looked at

  // What it found, for those who give fit a pointer to it.
  int stopped_epoch = 0;
  int best_epoch = 0;
  std::optional<double> best = {};
  int wait = 0;
  std::vector<float> best_weights = {};

  void on_train_begin(TrainableModel&) {
    static_cast<void>(more());
    wait = stopped_epoch = best_epoch = 0;
    best.reset();
    best_weights.clear();
  }
  void on_epoch_end(TrainableModel& model, int epoch, const Logs& logs) {
    const double* const value = detail::monitored("EarlyStopping", logs, monitor);
    if (value == nullptr || epoch < start_from_epoch) return;
    if (restore_best_weights && best_weights.empty()) keep(model, epoch);  // of the first epoch, should none ever be better
    ++wait;
    if (detail::improves(more(), *value, best, min_delta)) {
      best = *value;
      best_epoch = epoch;
      if (restore_best_weights) keep(model, epoch);
      if (!baseline || detail::improves(more(), *value, baseline, min_delta)) wait = 0;
      return;
    }
    if (wait >= patience && epoch > 0) {
      stopped_epoch = epoch;
      model.stop_training = true;
    }
  }
  void on_train_end(TrainableModel& model) {
    if (stopped_epoch > 0 && verbose > 0) std::printf("Epoch %d: early stopping\n", stopped_epoch + 1);
    if (!restore_best_weights || best_weights.empty()) return;
    if (verbose > 0) std::printf("Restoring model weights from the end of the best epoch: %d.\n", best_epoch + 1);
    model.set_all_weights(best_weights);
  }
  void remember(CallbackState& state) {
    state("wait", wait), state("stopped_epoch", stopped_epoch), state("best_epoch", best_epoch), state("best", best), state("best_weights", best_weights);
  }

 private:
  bool more() const { return detail::more_is_better("EarlyStopping", monitor, mode); }
  void keep(TrainableModel& model, int epoch) {
    best_weights = model.weights();
    best_epoch = epoch;
  }
};

}  // namespace tenon
