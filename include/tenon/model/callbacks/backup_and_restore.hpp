// Training that outlives its end.
#pragma once

#include <tenon/model/callbacks/save_freq.hpp>
#include <tenon/model/resume_fit.hpp>

namespace tenon {

/// Keeps a file with all of the training in a folder of its own, and goes on with it where fit is called again after it was ended by whatever: the weights, what the optimizer
/// and the callbacks remember, epoch and batch, what was measured. A run that was interrupted, and one that was not, end with the same bits, given `seed` or a
/// backup of it. Hooks of the epoch that was interrupted are not called again for what was done. Afterwards the file is removed, unless delete_checkpoint is false: then the next
/// fit finds that all is done, or goes on with more epochs. Follows keras.callbacks.BackupAndRestore, which begins an epoch anew.
/// Throws std::runtime_error where a file cannot be written, or is there and does not fit: the data, batch_size (within an epoch) and the callbacks that remember something have to be the same.
///
///     model.fit(x, y, {.epochs = 100, .callbacks = {tn::BackupAndRestore{.backup_dir = "backup"}}, .seed = 7});
struct BackupAndRestore {
  std::string backup_dir;
  int save_freq = SaveFreq::epoch;      ///< or a number of batches
  bool double_checkpoint = false;       ///< the file before the last one is kept, too, in case the last is damaged
  bool delete_checkpoint = true;        ///< after training

  int batches = 0;                      ///< since it saved last

  void before_steps(detail::TrainingRun& run) {
    if (backup_dir.empty()) throw std::invalid_argument("BackupAndRestore: backup_dir is empty, expected a folder");
    detail::check_save_freq("BackupAndRestore", save_freq);
    batches = 0;
    remove_parts();
    if (double_checkpoint && std::filesystem::exists(previous())) {
      try {
        if (std::filesystem::exists(latest())) return run.resume(latest());
      } catch (const std::runtime_error&) {  // the previous one says what is wrong if it is no better
      }
      return run.resume(previous());
    }
    if (std::filesystem::exists(latest())) run.resume(latest());
  }
  void between_steps(detail::TrainingRun& run) {
    if (save_freq == SaveFreq::epoch ? run.batch() > 0 : run.batch() == 0 || ++batches < save_freq) return;
    batches = 0;
    std::filesystem::create_directories(backup_dir);
    if (double_checkpoint && std::filesystem::exists(latest())) std::filesystem::rename(latest(), previous());
    run.save(latest());
  }
  void on_train_end(TrainableModel&) {
    if (!delete_checkpoint) return;
    std::filesystem::remove(latest());
    std::filesystem::remove(previous());
    std::error_code not_empty;  // somebody else's files stay
    std::filesystem::remove(backup_dir, not_empty);
  }

 private:
  std::filesystem::path latest() const { return std::filesystem::path(backup_dir) / "latest.safetensors"; }
  std::filesystem::path previous() const { return std::filesystem::path(backup_dir) / "previous.safetensors"; }
  /// What a process has left that was killed while it wrote.
  void remove_parts() const {
    std::error_code missing;
    for (const auto& entry : std::filesystem::directory_iterator(backup_dir, missing))
      if (entry.path().filename().string().starts_with("latest.safetensors.part-")) std::filesystem::remove(entry.path());
  }
};

}  // namespace tenon
