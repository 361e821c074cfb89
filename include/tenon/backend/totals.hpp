// Loss and metrics over several batches.
#pragma once

#include <cstddef>
#include <vector>

namespace tenon::detail {

/// What a pass over samples has measured so far. Each pass has its own, so that a callback may evaluate while fit is training.
class Totals {
 public:
  virtual ~Totals() = default;
  /// So many scores, of no samples. Takes memory the first time only.
  virtual void start(std::size_t scores) = 0;
  /// Adds the scores of a batch, which lie in the backend's memory. The first `losses` are means over its samples, the others sums.
  virtual void add(const float* measured, std::size_t losses, long samples) = 0;
  /// The mean of the i-th score over the samples so far. A device is asked only for this, and waits for what runs.
  virtual double mean(std::size_t i) = 0;

  /// All that add has added up so far, and of how many samples.
  struct Sums {
    std::vector<double> scores;
    long samples = 0;
  };
  virtual Sums sums() = 0;
  /// Goes on from there, instead of from nothing as after start.
  virtual void resume(const Sums& sums) = 0;
};

}  // namespace tenon::detail
