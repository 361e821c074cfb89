// Sums of what is measured, in host memory.
#pragma once

#include <vector>

#include <tenon/backend/totals.hpp>

namespace tenon::detail {

class HostTotals final : public Totals {
 public:
  void start(std::size_t numbers) override { sums_.assign(numbers, 0.0), samples_ = 0; }
  void add(const float* measured, std::size_t losses, long samples) override {
    for (std::size_t i = 0; i < sums_.size(); ++i) sums_[i] += static_cast<double>(measured[i]) * (i < losses ? static_cast<double>(samples) : 1);
    samples_ += samples;
  }
  std::span<const double> sums() override { return sums_; }
  void resume(std::span<const double> sums, long samples) override { sums_.assign(sums.begin(), sums.end()), samples_ = samples; }

 private:
  std::vector<double> sums_;
};

}  // namespace tenon::detail
