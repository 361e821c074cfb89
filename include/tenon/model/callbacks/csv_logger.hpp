// Writes what each epoch measured into a file.
#pragma once

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>
#include <memory>
#include <stdexcept>

#include <tenon/model/callbacks/callback.hpp>
#include <tenon/model/callbacks/callback_state.hpp>

namespace tenon {

/// One row for each epoch: its number, from 0, and every value in alphabetical order, under a header. Without validation there
/// are columns for its values too, filled with NA, so that tables have the same columns. Rows can be read while training goes on. Follows keras.callbacks.CSVLogger.
/// Where BackupAndRestore goes on, rows of epochs that are trained again are removed. Throws std::runtime_error if the file cannot be written.
///
///     tn::CSVLogger{"log.csv"}
struct CSVLogger {
  std::string filename = "training.csv";
  std::string separator = ",";
  bool append = false;

  void on_train_begin(TrainableModel&) {
    file.reset(std::fopen(filename.c_str(), "ab"), [](std::FILE* f) { if (f != nullptr) std::fclose(f); });
    if (!file) throw std::runtime_error("CSVLogger: " + filename + ": cannot be opened for writing");
    keep = append ? size() : 0;  // what is older is removed with the first row: until then it may be what training goes on with
    header_wanted = keep == 0;
    keys.clear();
  }
  void on_epoch_end(TrainableModel&, int epoch, const Logs& logs) {
    if (keep >= 0) shorten();
    if (keys.empty()) {
      bool validated = false;
      for (const auto& item : logs) keys.push_back(item.first), validated = validated || item.first.starts_with("val_");
      for (std::size_t i = 0, count = keys.size(); !validated && i < count; ++i) keys.push_back("val_" + keys[i]);
      std::string header = "epoch";
      for (const std::string& key : keys) header += separator + key;
      if (header_wanted) write(header);
    }
    std::string row = std::to_string(epoch);
    for (const std::string& key : keys) {
      const double* const value = logs.find(key);
      row += separator + (value == nullptr ? "NA" : number_text(*value));
    }
    write(row);
  }
  void on_train_end(TrainableModel&) {
    if (keep >= 0) shorten();
    file.reset();
  }
  void remember(CallbackState& state) {
    long bytes = keep >= 0 ? keep : size();
    state("bytes", bytes);
    if (!state.restores()) return;
    keep = std::min(bytes, size());  // somebody may have removed the file meanwhile
    header_wanted = keep == 0;
  }

  // What it needs while training.
  std::shared_ptr<std::FILE> file = {};
  std::vector<std::string> keys = {};
  bool header_wanted = true;
  long keep = -1;  ///< the bytes that stay when the first row is written

  /// The shortest text that reads back as the same number, as Python writes it: "0.25", "1e-05", "3.0".
  static std::string number_text(double value) {
    std::array<char, 32> text;
    const double size = value < 0 ? -value : value;
    const auto form = value == 0 || (size >= 1e-4 && size < 1e16) ? std::chars_format::fixed : std::chars_format::scientific;
    std::string number(text.data(), std::to_chars(text.data(), text.data() + text.size(), value, form).ptr);
    if (value != value) return "nan";
    return number.find_first_of(".ein") == std::string::npos ? number + ".0" : number;
  }

 private:
  long size() const {
    struct stat known;
    return fstat(fileno(file.get()), &known) == 0 ? static_cast<long>(known.st_size) : 0;
  }
  [[noreturn]] void fail() const { throw std::runtime_error("CSVLogger: " + filename + ": cannot be written"); }
  void shorten() {
    if (size() > keep && ftruncate(fileno(file.get()), keep) != 0) fail();  // a pipe has no size, and nothing to be removed
    keep = -1;
  }
  void write(const std::string& line) const {
    if (std::fputs((line + "\r\n").c_str(), file.get()) < 0 || std::fflush(file.get()) != 0) fail();
  }
};

}  // namespace tenon
