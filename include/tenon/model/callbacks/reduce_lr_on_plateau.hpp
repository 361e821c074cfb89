// Takes smaller steps when larger ones no longer help.
#pragma once

#include <tenon/model/callbacks/callback_state.hpp>
#include <tenon/model/callbacks/monitor.hpp>
#include <tenon/model/trainable_model.hpp>

namespace tenon {

/// After `patience` epochs in which the monitored value did not get better by more than min_delta, learning_rate ← max(factor · learning_rate, min_lr); then
/// `cooldown` epochs are not counted. The history has the learning rate of each epoch. Follows keras.callbacks.ReduceLROnPlateau.
/// fit throws std::invalid_argument for a factor of 1 or more, std::logic_error where the optimizer has no learning rate.
///
///     tn::ReduceLROnPlateau{.factor = 0.2, .patience = 5, .min_lr = 1e-4}
struct ReduceLROnPlateau {
  std::string monitor = "val_loss";
  double factor = 0.1;
  int patience = 10;
  int verbose = 0;                      ///< 1: says on stdout when it reduces
  Mode mode = Mode::auto_;
  double min_delta = 1e-4;
  int cooldown = 0;
  double min_lr = 0;

  // What it found.
  std::optional<double> best = {};
  int wait = 0;
  int cooldown_counter = 0;

  void on_train_begin(TrainableModel& model) {
    static_cast<void>(more());
    static_cast<void>(model.learning_rate());
    if (!(factor < 1)) throw std::invalid_argument("ReduceLROnPlateau: factor is " + std::to_string(factor) + ", expected less than 1");
    best.reset();
    wait = cooldown_counter = 0;
  }
  void on_epoch_end(TrainableModel& model, int epoch, Logs& logs) {
    logs.set("learning_rate", model.learning_rate());
    const double* const value = detail::monitored("ReduceLROnPlateau", logs, monitor);
    if (value == nullptr) return;
    if (cooldown_counter > 0) --cooldown_counter, wait = 0;
    if (detail::improves(more(), *value, best, min_delta)) {
      best = *value;
      wait = 0;
    } else if (cooldown_counter == 0 && ++wait >= patience && model.learning_rate() > static_cast<float>(min_lr)) {
      const double reduced = std::max(model.learning_rate() * factor, min_lr);
      model.set_learning_rate(static_cast<float>(reduced));
      cooldown_counter = cooldown;
      wait = 0;
      if (verbose > 0) std::printf("\nEpoch %d: ReduceLROnPlateau reducing learning rate to %g.\n", epoch + 1, reduced);
    }
  }
  void remember(CallbackState& state) { state("best", best), state("wait", wait), state("cooldown_counter", cooldown_counter); }

 private:
  bool more() const { return detail::more_is_better("ReduceLROnPlateau", monitor, mode); }
};

}  // namespace tenon
