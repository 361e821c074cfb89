// Ends training that diverges.
#pragma once

#include <cmath>

#include <tenon/model/trainable_model.hpp>

namespace tenon {

/// Stops after the batch that makes the loss infinite or NaN. Follows keras.callbacks.TerminateOnNaN. On a device it asks for the loss of each batch, which takes time.
///
///     model.fit(x, y, {.callbacks = {tn::TerminateOnNaN{}}});
struct TerminateOnNaN {
  bool raise_error = false;  ///< fit throws std::runtime_error instead, and no callback's on_train_end is called

  void on_train_batch_end(TrainableModel& model, int batch, const Logs& logs) {
    const double* const loss = logs.find("loss");
    if (loss == nullptr || std::isfinite(*loss)) return;
    if (raise_error) throw std::runtime_error("TerminateOnNaN: the loss is " + std::to_string(*loss) + " at batch " + std::to_string(batch));
    std::printf("Batch %d: Invalid loss, terminating training\n", batch);
    model.stop_training = true;
  }
};

}  // namespace tenon
