// LogCosh under its name as a metric.
#pragma once

#include <tenon/losses/log_cosh.hpp>

namespace tenon {

/// The loss LogCosh as a metric. Follows keras.metrics.LogCoshError.
struct LogCoshError : LogCosh {
  static constexpr const char* score_name = "logcosh";
};

}  // namespace tenon
