// Watches one of the measured values.
#pragma once

#include <cmath>
#include <cstdio>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

#include <tenon/model/history.hpp>

namespace tenon {

/// Whether less or more of a value is better. auto_: less of losses, errors, hinges, crossentropies and divergences, more of accuracies and of what
/// else Keras counts as good (AUC, precision, recall, F-scores, IoU, similarity, correlation, R²); who monitors something else says min or max.
enum class Mode { auto_, min, max };

namespace detail {

/// True if more is better. Throws std::invalid_argument where the name does not tell.
inline bool more_is_better(const char* callback, const std::string& monitor, Mode mode) {
  if (mode != Mode::auto_) return mode == Mode::max;
  const auto has_one_of = [&](std::initializer_list<std::string_view> parts) {
    for (const std::string_view part : parts)
      if (monitor.find(part) != std::string::npos) return true;
    return false;
  };
  if (monitor.ends_with("loss") || has_one_of({"error", "hinge", "crossentropy", "divergence", "poisson", "cosh"})) return false;
  if (monitor.ends_with("acc") || has_one_of({"accuracy", "auc", "precision", "recall", "sensitivity", "specificity", "f1", "fbeta", "io_u", "iou", "similarity", "correlation", "r2"})) return true;
  throw std::invalid_argument(std::string(callback) + ": monitor is '" + monitor + "', of which more may be better, or less: expected mode, too, as Mode::max or Mode::min");
}
/// True if the value is better than the best by more than min_delta. Whatever is first is better than nothing. NaN never is, whereas Keras takes one in the
/// first epoch for the best ever.
inline bool improves(bool more, double value, const std::optional<double>& best, double min_delta) {
  if (!best) return !std::isnan(value);
  return more ? value - std::fabs(min_delta) > *best : value + std::fabs(min_delta) < *best;
}
/// The monitored value; says so on stderr, and returns null, if nothing of that name is measured.
inline const double* monitored(const char* callback, const Logs& logs, const std::string& monitor) {
  const double* value = logs.find(monitor);
  if (value == nullptr) std::fprintf(stderr, "%s: '%s' is not measured, only %s\n", callback, monitor.c_str(), logs.names().c_str());
  return value;
}

}  // namespace detail
}  // namespace tenon
