// Saves the model while it is trained.
#pragma once

#include <tenon/model/callbacks/monitor.hpp>
#include <tenon/model/trainable_model.hpp>

namespace tenon {

/// Saves the weights at the end of each epoch, or of each that is better than all before. The path may hold {epoch} (from 1) and
/// the values that are measured, with a format as in Python: "net.{epoch:02d}-{val_loss:.2f}.safetensors".
/// Follows keras.callbacks.ModelCheckpoint.
///
///     tn::ModelCheckpoint{.filepath = "best.safetensors", .monitor = "val_accuracy", .save_best_only = true}
struct ModelCheckpoint {
  std::string filepath = "checkpoint.safetensors";
  std::string monitor = "val_loss";
  int verbose = 0;                ///< 1: says on stdout when it saves
  bool save_best_only = false;
  Mode mode = Mode::auto_;
  double initial_value_threshold = 0;  ///< with use_threshold: only values better than this are saved
  bool use_threshold = false;

  double best = 0;

  void on_train_begin(TrainableModel&) { best = use_threshold ? initial_value_threshold : detail::worst(detail::more_is_better(monitor, mode)); }
  void on_epoch_end(TrainableModel& model, int epoch, const Logs& logs) {
    if (save_best_only) {
      const double* const value = detail::monitored("ModelCheckpoint", logs, monitor);
      if (value == nullptr || !detail::improves(detail::more_is_better(monitor, mode), *value, best, 0)) return;
      best = *value;
    }
    const std::string path = path_for(epoch, logs);
    model.save(path);
    if (verbose > 0) std::printf("Epoch %d: saving model to %s\n", epoch + 1, path.c_str());
  }

  /// The path with its fields filled in. Throws std::invalid_argument for a field that is not measured or a format other than
  /// d, 02d, .2f, .2e or .2g (with any numbers).
  std::string path_for(int epoch, const Logs& logs) const {
    std::string path;
    for (std::size_t i = 0; i < filepath.size(); ++i) {
      const std::size_t end = filepath[i] == '{' ? filepath.find('}', i) : std::string::npos;
      if (end == std::string::npos) {
        path += filepath[i];
        continue;
      }
      const std::string field = filepath.substr(i + 1, end - i - 1);
      const std::size_t colon = field.find(':');
      const std::string name = field.substr(0, colon), format = colon == std::string::npos ? "" : field.substr(colon + 1);
      path += name == "epoch" ? text_of(epoch + 1, format, true) : text_of(logs[name], format, false);
      i = end;
    }
    return path;
  }

 private:
  static std::string text_of(double value, const std::string& format, bool whole) {
    const char last = format.empty() ? (whole ? 'd' : 'g') : format.back();
    const std::string digits = format.empty() ? "" : format.substr(0, format.size() - 1);
    const std::string kinds = "defg";
    if (kinds.find(last) == std::string::npos || digits.find_first_not_of("0123456789.") != std::string::npos || digits.size() > 6)
      throw std::invalid_argument("ModelCheckpoint: the format '" + format + "' is not one of d, f, e, g with width and precision, as in 02d or .2f");
    char text[128];
    if (last == 'd') std::snprintf(text, sizeof text, ("%" + digits + "ld").c_str(), static_cast<long>(value));
    else std::snprintf(text, sizeof text, ("%" + digits + last).c_str(), value);
    return text;
  }
};

}  // namespace tenon
