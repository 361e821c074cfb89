// The device of every backend whose numbers live in host memory.
#pragma once

#include <cstring>

#include <tenon/backend/device.hpp>
#include <tenon/backend/host_rows.hpp>
#include <tenon/backend/host_totals.hpp>

namespace tenon {

/// Host memory: addresses are used as they are, and everything has happened when a call returns.
class HostDevice : public Device {
 public:
  bool in_host_memory() const override { return true; }
  void upload(void* to, const void* from, std::size_t bytes) override { copy(to, from, bytes); }
  void download(void* to, const void* from, std::size_t bytes) override { copy(to, from, bytes); }
  std::unique_ptr<detail::Rows> rows() override { return std::make_unique<detail::HostRows>(); }
  std::unique_ptr<detail::Totals> totals() override { return std::make_unique<detail::HostTotals>(); }
  void step(detail::Work work) override { work(); }

 private:
  static void copy(void* to, const void* from, std::size_t bytes) {
    if (bytes > 0) std::memcpy(to, from, bytes);  // of nothing there may be no address
  }
};

}  // namespace tenon
