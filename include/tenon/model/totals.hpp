// Loss and metrics over several batches.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace tenon::detail {

/// What a pass over samples has measured so far. Each pass has its own, so that a callback may evaluate while fit is training.
class Totals {
 public:
  /// So many scores, of no samples. Takes memory the first time only.
  void start(std::size_t scores) { sums_.assign(scores, 0.0), samples_ = 0; }
  /// The first `losses` numbers of a batch are means over its samples, the others sums.
  void add(std::span<const float> measured, std::size_t losses, long samples) {
    for (std::size_t i = 0; i < sums_.size(); ++i) sums_[i] += static_cast<double>(measured[i]) * (i < losses ? static_cast<double>(samples) : 1);
    samples_ += samples;
  }
  /// The mean of the i-th score over the samples so far.
  double mean(std::size_t i) const { return sums_[i] / static_cast<double>(samples_); }

 private:
  std::vector<double> sums_;
  long samples_ = 0;
};

}  // namespace tenon::detail
