// How often a callback saves.
#pragma once

#include <stdexcept>
#include <string>

namespace tenon {

/// `save_freq` is this, or a number of batches.
struct SaveFreq {
  static constexpr int epoch = 0;  ///< at the end of each epoch
};

namespace detail {
inline void check_save_freq(const char* callback, int save_freq) {
  if (save_freq < 0) throw std::invalid_argument(std::string(callback) + ": save_freq is " + std::to_string(save_freq) + ", expected SaveFreq::epoch or a number of batches");
}
}  // namespace detail

}  // namespace tenon
