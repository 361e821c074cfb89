// Sums of what is measured, in host memory.
#pragma once

#include <vector>

#include <tenon/backend/totals.hpp>

namespace tenon::detail {

class HostTotals final : public Totals {
 public:
  void start(std::size_t scores) override { sums_.assign(scores, 0.0), samples_ = 0; }
  void add(const float* measured, std::size_t losses, long samples) override {
    for (std::size_t i = 0; i < sums_.size(); ++i) sums_[i] += static_cast<double>(measured[i]) * (i < losses ? static_cast<double>(samples) : 1);
    samples_ += samples;
  }
  double mean(std::size_t i) override { return sums_[i] / static_cast<double>(samples_); }
  Sums sums() override { return {sums_, samples_}; }
  void resume(const Sums& sums) override { sums_ = sums.scores, samples_ = sums.samples; }

 private:
  std::vector<double> sums_;
  long samples_ = 0;
};

}  // namespace tenon::detail
