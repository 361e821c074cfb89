// Loss and metrics over several batches, on a device.
#pragma once

#include <vector>

#include <tenon/backend/cuda/annotations.hpp>
#include <tenon/backend/cuda/device.hpp>

namespace tenon::cuda {

/// sums(i) += measured(i), times the number of samples if it is a mean over them.
struct AddMeasured {
  const float* measured;
  double* sums;
  long losses;
  double samples;
  TENON_HOST_DEVICE void operator()(long i) const { sums[i] += static_cast<double>(measured[i]) * (i < losses ? samples : 1); }
};

/// The sums stay on the device until somebody wants to know them.
template <class Platform>
class CudaTotals final : public detail::Totals {
  using System = typename Platform::System;

 public:
  explicit CudaTotals(CudaDevice<Platform>& device) : device_(device) {}

  void start(std::size_t numbers) override {
    host_.assign(numbers, 0.0);
    samples_ = 0;
    bring();
  }
  void add(const float* measured, std::size_t losses, long samples) override {
    losses_ = static_cast<long>(losses);
    samples_ += samples;
    known_ = false;
    const void* const from[] = {measured};
    void* const to[] = {sums_.data()};
    device_.submit(&run, this, from, to, samples, nullptr, [] {});
  }
  std::span<const double> sums() override {
    fetch();
    return host_;
  }
  void resume(std::span<const double> sums, long samples) override {
    host_.assign(sums.begin(), sums.end());
    samples_ = samples;
    bring();
  }

 private:
  void bring() {
    sums_.grow(host_.size());
    device_.upload(sums_.data(), host_.data(), host_.size() * sizeof(double));
    known_ = true;
  }
  void fetch() {
    if (!known_) device_.download(host_.data(), sums_.data(), host_.size() * sizeof(double));
    known_ = true;
  }
  static void run(void* self, System& system, const Frame& frame) {
    const auto& totals = *static_cast<const CudaTotals*>(self);
    system.each(static_cast<long>(totals.host_.size()), AddMeasured{static_cast<const float*>(frame.arguments[0]), static_cast<double*>(frame.results[0]), totals.losses_, static_cast<double>(frame.batch)});
  }

  CudaDevice<Platform>& device_;
  DeviceArray<Platform, double> sums_;
  std::vector<double> host_;
  long losses_ = 0;
  bool known_ = true;
};

}  // namespace tenon::cuda
