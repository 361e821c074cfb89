// What fit and evaluate print.
#pragma once

#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <string>

#include <tenon/model/history.hpp>

namespace tenon {

/// One line about one pass over the samples, as Keras's: on a terminal a bar that is redrawn (at most 20 times a second), elsewhere,
/// or with verbose 2, a line at the end. verbose 0 prints nothing.
///
///     1875/1875 ━━━━━━━━━━━━━━━━━━━━ 6s 3ms/step - accuracy: 0.9534 - loss: 0.1552
class Progress {
 public:
  enum class Style { silent, line, bar };
  static Style style_for(int verbose) {
    if (verbose == 0) return Style::silent;
    return verbose == 1 && isatty(STDOUT_FILENO) ? Style::bar : Style::line;
  }

  Progress(Style style, long steps) : style_(style), steps_(steps), start_(now()) {}

  /// True if the bar is old enough to be drawn again: only then the logs are worth making.
  bool due(long done) {
    if (done == 1) after_first_ = now();
    return style_ == Style::bar && now() - drawn_ >= 0.05;
  }
  void draw(long done, const Logs& logs) {
    drawn_ = now();
    print(bar_text(done, steps_, drawn_ - start_, per_step(done), false) + values_text(logs));
  }
  /// The last line of the pass.
  void finish(const Logs& logs) {
    const double seconds = now() - start_;
    if (style_ == Style::bar) print(bar_text(steps_, steps_, seconds, per_step(steps_), true) + values_text(logs) + "\n");
    if (style_ == Style::line) print(line_text(steps_, seconds, per_step(steps_)) + values_text(logs) + "\n");
  }
  static void print_epoch(Style style, int epoch, int epochs) {
    if (style != Style::silent && epochs > 1) print("Epoch " + std::to_string(epoch + 1) + "/" + std::to_string(epochs) + "\n");
  }

  // The texts, each a function of numbers only.

  /// "\r 157/1875 ━━━━ 5s 3ms/step": the filled part is green; at the end the time that has passed instead of the time to come.
  static std::string bar_text(long done, long steps, double seconds, double seconds_per_step, bool end) {
    constexpr int width = 20;
    const std::string target = std::to_string(steps), count = std::to_string(done);
    const auto cells = [](int n) {
      std::string text;
      for (int i = 0; i < n; ++i) text += "━";
      return text;
    };
    const int filled = steps > 0 ? static_cast<int>(width * done / steps) : width;
    std::string text = "\r\x1b[2K\x1b[1m" + std::string(target.size() - std::min(target.size(), count.size()), ' ') + count + "/" + target + "\x1b[0m ";
    if (filled > 0) text += "\x1b[32m" + cells(filled) + "\x1b[0m";
    text += "\x1b[37m" + cells(width - filled) + "\x1b[0m";
    const std::string time = end ? format("%.0fs", seconds) : duration_text(seconds_per_step * static_cast<double>(steps - done));
    return text + " \x1b[1m" + time + "\x1b[0m" + step_text(seconds_per_step);
  }
  /// "3/3 - 0s - 29ms/step".
  static std::string line_text(long steps, double seconds, double seconds_per_step) {
    const std::string count = std::to_string(steps);
    return count + "/" + count + " - " + format("%.0fs", seconds) + " -" + step_text(seconds_per_step);
  }
  /// " - accuracy: 0.9012 - loss: 0.3321".
  static std::string values_text(const Logs& logs) {
    std::string text;
    for (const auto& [name, value] : logs) text += " - " + name + ": " + format(value > 1e-3 || value < -1e-3 ? "%.4f" : "%.4e", value);
    return text;
  }
  static std::string duration_text(double seconds) {
    const int s = static_cast<int>(seconds);
    char text[48];
    if (seconds > 3600) std::snprintf(text, sizeof text, "%d:%02d:%02d", s / 3600, s % 3600 / 60, s % 60);
    else if (seconds > 60) std::snprintf(text, sizeof text, "%d:%02d", s / 60, s % 60);
    else std::snprintf(text, sizeof text, "%ds", s);
    return text;
  }
  static std::string step_text(double seconds) {
    if (seconds >= 1 || seconds == 0) return format(" %.0fs/step", seconds);
    return seconds >= 1e-3 ? format(" %.0fms/step", seconds * 1e3) : format(" %.0fus/step", seconds * 1e6);
  }

 private:
  static double now() { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); }
  static std::string format(const char* how, double value) {
    char text[64];
    std::snprintf(text, sizeof text, how, value);
    return text;
  }
  static void print(const std::string& text) { std::fputs(text.c_str(), stdout), std::fflush(stdout); }
  /// Without the first step, which warms up.
  double per_step(long done) const {
    if (done > 1 && after_first_ > 0) return (now() - after_first_) / static_cast<double>(done - 1);
    return done > 0 ? (now() - start_) / static_cast<double>(done) : 0;
  }

  Style style_;
  long steps_;
  double start_, drawn_ = 0, after_first_ = 0;
};

}  // namespace tenon
