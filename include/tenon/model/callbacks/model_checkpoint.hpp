// Saves the model while it is trained.
#pragma once

#include <tenon/model/callbacks/callback_state.hpp>
#include <tenon/model/callbacks/fill_in.hpp>
#include <tenon/model/callbacks/monitor.hpp>
#include <tenon/model/callbacks/save_freq.hpp>
#include <tenon/model/training_state.hpp>

namespace tenon {

/// Saves the model at the end of each epoch, or after each `save_freq` batches; with save_best_only where it is better than all before. The path may
/// hold {epoch} (from 1), {batch} (from 1, where batches are counted) and the values that are measured, with a format as in Python:
/// "net.{epoch:02d}-{val_loss:.2f}.safetensors". A folder that is missing is made. Follows keras.callbacks.ModelCheckpoint: where the monitored value is not measured it
/// says so and saves; `best` lasts from one fit to the next. Any file can be read by load_weights and tn::load; without save_weights_only it holds what
/// load_state needs, too.
///
///     tn::ModelCheckpoint{.filepath = "best.safetensors", .monitor = "val_accuracy", .save_best_only = true}
struct ModelCheckpoint {
  std::string filepath = "checkpoint.safetensors";
  std::string monitor = "val_loss";
  int verbose = 0;                      ///< 1: says on stdout when it saves
  bool save_best_only = false;
  bool save_weights_only = false;       ///< not what the optimizer remembers
  Mode mode = Mode::auto_;
  int save_freq = SaveFreq::epoch;      ///< or a number of batches
  std::optional<double> initial_value_threshold = {};  ///< with save_best_only: only what is better than this is saved

  // What it found.
  std::optional<double> best = {};
  int epoch = 0;
  int batches = 0;                      ///< since it saved last

  void on_train_begin(TrainableModel&) {
    detail::check_save_freq("ModelCheckpoint", save_freq);
    if (save_best_only) static_cast<void>(more());
    if (!best) best = initial_value_threshold;
  }
  void on_epoch_begin(TrainableModel&, int now) { epoch = now; }
  void on_train_batch_begin(TrainableModel&, int) { ++batches; }
  bool wants_batch_logs() const { return save_freq > 0 && batches >= save_freq; }
  void on_train_batch_end(TrainableModel& model, int batch, const Logs& logs) {
    if (!wants_batch_logs()) return;
    batches = 0;
    save(model, epoch, batch, logs);
  }
  void on_epoch_end(TrainableModel& model, int now, const Logs& logs) {
    if (save_freq == SaveFreq::epoch) save(model, now, -1, logs);
  }
  void remember(CallbackState& state) { state("best", best), state("epoch", epoch), state("batches", batches); }

  /// The path with its fields filled in. Throws std::invalid_argument for a field that is not measured or a format other than
  /// d, 02d, .2f, .2e or .2g (with any numbers).
  std::string path_for(int now, int batch, const Logs& logs) const {
    return detail::fill_in("ModelCheckpoint", filepath, [&](const std::string& name) {
      if (name == "epoch") return detail::Field{now + 1., true};
      if (name == "batch" && batch >= 0) return detail::Field{batch + 1., true};
      return detail::Field{logs[name], false};
    });
  }

 private:
  bool more() const { return detail::more_is_better("ModelCheckpoint", monitor, mode); }
  void save(TrainableModel& model, int now, int batch, const Logs& logs) {
    const std::filesystem::path path = path_for(now, batch, logs);
    const double* const value = save_best_only ? detail::monitored("ModelCheckpoint", logs, monitor) : nullptr;
    if (value != nullptr && !detail::improves(more(), *value, best, 0)) {
      if (verbose > 0) std::printf("\nEpoch %d: %s did not improve from %.5f\n", now + 1, monitor.c_str(), best.value_or(NAN));
      return;
    }
    if (value != nullptr) best = *value;
    if (path.has_parent_path()) std::filesystem::create_directories(path.parent_path());
    if (save_weights_only) model.save(path);
    else model.save_state(path);
    if (verbose > 0) std::printf("\nEpoch %d: saved the model to %s\n", now + 1, path.c_str());
  }
};

}  // namespace tenon
