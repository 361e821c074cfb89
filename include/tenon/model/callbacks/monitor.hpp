// Watches one of the measured values.
#pragma once

#include <cmath>
#include <cstdio>
#include <limits>
#include <string>

#include <tenon/model/history.hpp>

namespace tenon {

/// Whether less or more is better; auto_: more for accuracies, less for all others.
enum class Mode { auto_, min, max };

namespace detail {

/// True if more is better.
inline bool more_is_better(const std::string& monitor, Mode mode) {
  return mode == Mode::max || (mode == Mode::auto_ && (monitor.find("acc") != std::string::npos || monitor.ends_with("auc")));
}
inline double worst(bool more) { return more ? -std::numeric_limits<double>::infinity() : std::numeric_limits<double>::infinity(); }
/// True if the value is better than the best by more than min_delta; never for NaN.
inline bool improves(bool more, double value, double best, double min_delta) {
  return more ? value - std::fabs(min_delta) > best : value + std::fabs(min_delta) < best;
}
/// The monitored value; says so on stderr, and returns null, if nothing of that name is measured.
inline const double* monitored(const char* callback, const Logs& logs, const std::string& monitor) {
  const double* value = logs.find(monitor);
  if (value == nullptr) std::fprintf(stderr, "%s: '%s' is not measured, only %s\n", callback, monitor.c_str(), logs.names().c_str());
  return value;
}

}  // namespace detail
}  // namespace tenon
