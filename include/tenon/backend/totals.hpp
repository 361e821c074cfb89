// Loss and metrics over several batches.
#pragma once

#include <cstddef>
#include <span>

namespace tenon::detail {

/// What a pass over samples has measured so far. Each pass has its own, so that a callback may evaluate while fit is training.
class Totals {
 public:
  virtual ~Totals() = default;
  /// So many numbers, of no samples. Takes memory the first time only.
  virtual void start(std::size_t numbers) = 0;
  /// Adds the numbers of a batch, which lie in the backend's memory. The first `losses` are means over its samples, the others sums.
  virtual void add(const float* measured, std::size_t losses, long samples) = 0;
  /// The sums over the samples so far, of losses times the samples of their batch. A device is asked only for this, and waits for what runs.
  virtual std::span<const double> sums() = 0;
  /// Goes on from there, instead of from nothing as after start.
  virtual void resume(std::span<const double> sums, long samples) = 0;
  long samples() const { return samples_; }

 protected:
  long samples_ = 0;
};

}  // namespace tenon::detail
