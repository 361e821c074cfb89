// Where a backend's numbers live.
#pragma once

#include <cstddef>
#include <memory>
#include <span>

#include <tenon/backend/rows.hpp>
#include <tenon/backend/totals.hpp>
#include <tenon/backend/work.hpp>

namespace tenon {
namespace detail {

/// Some bytes that are to be copied.
struct Copy {
  void* to;
  const void* from;
  std::size_t bytes;
};

}  // namespace detail

/// The place where a backend's numbers live, as code sees it that knows no types. Each model has one, at an address that does not change.
/// What fails throws.
class Device {
 public:
  Device() = default;
  Device(const Device&) = delete;
  Device& operator=(const Device&) = delete;
  virtual ~Device() = default;

  /// True if the host may use the backend's addresses as its own.
  virtual bool in_host_memory() const = 0;
  /// Copies from host memory, which may change when this returns.
  virtual void upload(void* to, const void* from, std::size_t bytes) = 0;
  /// Copies to host memory what the programs that run now will have left there.
  virtual void download(void* to, const void* from, std::size_t bytes) = 0;

  /// A reader of samples, for one tensor.
  virtual std::unique_ptr<detail::Rows> rows() = 0;
  /// Sums of what is measured, for one pass over samples.
  virtual std::unique_ptr<detail::Totals> totals() = 0;

  /// Does the work, once, before it returns. Every program runs inside of a step. What runs there is one unit, which a device may record, and
  /// replay when the same programs run at the same addresses with the same batch again: then only Noise, hyperparameters and the iteration
  /// are others. Memory may be taken inside, the first time; samples are brought, and downloads asked for, outside.
  virtual void step(detail::Work work) = 0;

  /// A step between copies from and to host memory, for which a device may wait once instead of once each.
  virtual void exchange(std::span<const detail::Copy> in, detail::Work work, std::span<const detail::Copy> out) {
    for (const detail::Copy& copy : in) upload(copy.to, copy.from, copy.bytes);
    step(work);
    for (const detail::Copy& copy : out) download(copy.to, copy.from, copy.bytes);
  }
};

}  // namespace tenon
