// What one call of a program is given.
#pragma once

#include <tenon/core/noise.hpp>

namespace tenon {

/// Where one call of a graph finds its arguments and leaves its results, by position: float or int32 arrays, dense and
/// row-major. A result that is the update of an argument may be given the same address. Arguments that are hyperparameters and the
/// iteration (Role::hyperparameter, Role::iteration) are single floats in host memory, which an executor reads before it runs; everything
/// else lies in the backend's memory.
struct Frame {
  const void* const* arguments = nullptr;
  void* const* results = nullptr;
  long batch = 0;
  Noise noise{};
};

}  // namespace tenon
