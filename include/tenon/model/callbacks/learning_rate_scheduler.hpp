// Another learning rate for each epoch.
#pragma once

#include <functional>
#include <stdexcept>

#include <tenon/model/trainable_model.hpp>

namespace tenon {

/// Before each epoch the optimizer's learning rate becomes schedule(epoch, learning_rate). The history has the learning rate of each epoch.
/// Follows keras.callbacks.LearningRateScheduler. fit throws std::invalid_argument where there is no schedule.
///
///     tn::LearningRateScheduler{[](int epoch, float rate) { return epoch < 10 ? rate : rate * 0.9f; }}
struct LearningRateScheduler {
  std::function<float(int epoch, float learning_rate)> schedule;
  int verbose = 0;                      ///< 1: says on stdout what it sets

  void on_epoch_begin(TrainableModel& model, int epoch) {
    if (!schedule) throw std::invalid_argument("LearningRateScheduler: schedule is empty, expected a function of epoch and learning rate");
    model.set_learning_rate(schedule(epoch, model.learning_rate()));
    if (verbose > 0) std::printf("\nEpoch %d: LearningRateScheduler setting learning rate to %g.\n", epoch + 1, model.learning_rate());
  }
  void on_epoch_end(TrainableModel& model, int, Logs& logs) { logs.set("learning_rate", model.learning_rate()); }
};

}  // namespace tenon
