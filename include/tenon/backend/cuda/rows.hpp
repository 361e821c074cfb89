// Samples on a device.
#pragma once

#include <cstdint>

#include <tenon/backend/cuda/annotations.hpp>
#include <tenon/backend/cuda/device.hpp>
#include <tenon/backend/cuda/staging.hpp>
#include <tenon/backend/row_source.hpp>

namespace tenon::cuda {

/// One element of a batch: a number of the row that the order says.
template <class From, class To>
struct GatherRows {
  const From* from;
  To* to;
  const std::int64_t* order;  // null: one after the other
  const std::int64_t* where;  // the first row, and the size of each

  TENON_HOST_DEVICE void operator()(long i) const {
    const long k = where[0] + i / where[1], row = order != nullptr ? order[k] : k;
    to[i] = static_cast<To>(from[row * where[1] + i % where[1]]);
  }
};
struct FillOnes {
  float* to;
  TENON_HOST_DEVICE void operator()(long i) const { to[i] = 1; }
};

/// Copies the samples to the device once, as they are, and gathers each batch there, always into the same memory. Samples that do not fit stay with the
/// host, which gathers each batch into page-locked memory while the device works on the one before.
template <class Platform>
class CudaRows final : public detail::Rows {
  using System = typename Platform::System;

 public:
  explicit CudaRows(CudaDevice<Platform>& device) : device_(device), where_(device.numbers().reserve(4)) {}

  void begin(const void* data, detail::Element element, long rows, long row_size) override {
    data_ = nullptr;
    order_ = nullptr;
    source_ = {data, element, data != nullptr ? row_size : 1, {}};
    streams_ = false;
    if (data == nullptr) return;
    const auto bytes = static_cast<std::size_t>(rows * row_size) * detail::element_bytes(element);
    streams_ = bytes > samples_.size() && !device_.has_room(bytes);
    if (streams_) return;
    samples_.grow(bytes);
    device_.upload(samples_.data(), data, bytes);
    data_ = samples_.data();
  }
  void begin_order(std::span<const std::size_t> order) override {
    static_assert(sizeof(std::size_t) == sizeof(std::int64_t));
    order_ = nullptr;
    source_.order = order;
    if (order.empty() || streams_) return;
    order_numbers_.grow(order.size());
    device_.upload(order_numbers_.data(), order.data(), order.size_bytes());
    order_ = order_numbers_.data();
  }
  const void* next(DType type, long first, long count) override {
    const long numbers = count * source_.row_size;
    const auto bytes = static_cast<std::size_t>(4 * numbers);
    if (batch_.size() < bytes) {
      device_.launch();
      batch_.resize(bytes);
    }
    if (streams_) {
      device_.submit_copy({batch_.data(), stage(type, first, count), bytes}, this);
    } else {
      const void* const from[] = {data_, order_};
      void* const to[] = {batch_.data()};
      device_.submit(data_ == nullptr ? &fill : is_integer(type) ? gather_into<std::int32_t>() : gather_into<float>(), this, from, to, numbers, nullptr, [&] {
        where_.set(0, static_cast<std::int64_t>(first));
        where_.set(2, static_cast<std::int64_t>(source_.row_size));
      });
    }
    return batch_.data();
  }

 private:
  using Run = typename Commands<System>::Run;

  template <class To>
  Run gather_into() const {
    switch (source_.element) {
      case detail::Element::float64: return &gather<double, To>;
      case detail::Element::int32: return &gather<std::int32_t, To>;
      case detail::Element::int64: return &gather<std::int64_t, To>;
      case detail::Element::uint8: return &gather<std::uint8_t, To>;
      default: return &gather<float, To>;
    }
  }
  template <class From, class To>
  static void gather(void* self, System& system, const Frame& frame) {
    system.each(frame.batch, GatherRows<From, To>{static_cast<const From*>(frame.arguments[0]), static_cast<To*>(frame.results[0]), static_cast<const std::int64_t*>(frame.arguments[1]),
                                                  static_cast<CudaRows*>(self)->where_.template at<std::int64_t>(0)});
  }
  /// A batch in page-locked memory.
  const void* stage(DType type, long first, long count) {
    device_.launch_what_uses(this);
    void* const to = staging_.next(device_.platform(), static_cast<std::size_t>(4 * count * source_.row_size));
    source_.copy(type, to, first, count);
    return to;
  }
  static void fill(void*, System& system, const Frame& frame) { system.each(frame.batch, FillOnes{static_cast<float*>(frame.results[0])}); }

  CudaDevice<Platform>& device_;
  typename Numbers<Platform>::Place where_;  // GatherRows::where
  DeviceArray<Platform, std::byte> samples_, batch_;
  DeviceArray<Platform, std::int64_t> order_numbers_;
  const void* data_ = nullptr;
  const std::int64_t* order_ = nullptr;
  detail::RowSource source_;
  bool streams_ = false;
  Staging<Platform> staging_;
};

}  // namespace tenon::cuda
