// Another learning rate for each epoch.
#pragma once

#include <functional>

#include <tenon/model/trainable_model.hpp>

namespace tenon {

/// Before each epoch the optimizer's learning rate becomes schedule(epoch, learning_rate). Follows keras.callbacks.LearningRateScheduler.
///
///     tn::LearningRateScheduler{[](int epoch, float rate) { return epoch < 10 ? rate : rate * 0.9f; }}
struct LearningRateScheduler {
  std::function<float(int epoch, float learning_rate)> schedule;
  void on_epoch_begin(TrainableModel& model, int epoch) { model.set_learning_rate(schedule(epoch, model.learning_rate())); }
};

}  // namespace tenon
