// What schedules have in common.
#pragma once

#include <stdexcept>
#include <string>

#include <tenon/optimizers/learning_rate.hpp>

namespace tenon::detail {

/// Throws std::invalid_argument where the number of steps is no number of steps.
inline void check_steps(const char* what, long steps) {
  if (steps < 1) throw std::invalid_argument(std::string(what) + " is " + std::to_string(steps) + ", expected 1 or more");
}

}  // namespace tenon::detail
