// Samples in host memory.
#pragma once

#include <algorithm>

#include <tenon/backend/rows.hpp>
#include <tenon/core/aligned_array.hpp>
#include <tenon/core/threads.hpp>

namespace tenon::detail {

/// Rows in host memory: where they are already float or int32 and lie together they are read in place, else copied.
/// Allocates only for a batch larger than all before.
class HostRows final : public Rows {
 public:
  void begin(const void* data, Element element, long, long row_size) override {
    data_ = data, element_ = element, row_size_ = row_size;
    order_ = {};
  }
  void begin_order(std::span<const std::size_t> order) override { order_ = order; }
  const void* next(DType type, long first, long count) override {
    if (data_ == nullptr) return ones(count * row_size_);
    const bool same = element_ == (is_integer(type) ? Element::int32 : Element::float32);
    if (same && order_.empty()) return static_cast<const float*>(data_) + first * row_size_;
    void* const to = room_for(count * row_size_);
    ones_ = 0;
    if (is_integer(type)) visit_elements(data_, element_, [&](const auto* p) { copy(p, static_cast<std::int32_t*>(to), first, count); });
    else visit_elements(data_, element_, [&](const auto* p) { copy(p, static_cast<float*>(to), first, count); });
    return to;
  }

 private:
  void* room_for(long elements) {
    const auto bytes = static_cast<std::size_t>(4 * elements);
    if (memory_.size() < bytes) memory_.resize(bytes);
    return memory_.data();
  }
  const void* ones(long elements) {
    if (ones_ < elements) std::fill_n(static_cast<float*>(room_for(elements)), ones_ = elements, 1.f);
    return memory_.data();
  }
  /// Shuffled rows are far apart in memory, so each is asked for while those before it are copied.
  template <class From, class To>
  void copy(const From* from, To* to, long first, long count) const {
    const long row = row_size_;
    const auto source = [=, order = order_](long i) { return from + (order.empty() ? first + i : static_cast<long>(order[static_cast<std::size_t>(first + i)])) * row; };
    parallel_ranges(count, 1, memory_work(count * row * static_cast<long>(sizeof(From))), [&](long begin, long end) {
      constexpr long ahead = 4, line = 64 / sizeof(From);
      for (long i = begin; i < end; ++i) {
        if (i + ahead < end)
          for (long j = 0; j < row; j += line) __builtin_prefetch(source(i + ahead) + j);
        std::transform(source(i), source(i) + row, to + i * row, [](From v) { return static_cast<To>(v); });
      }
    });
  }

  const void* data_ = nullptr;
  Element element_{};
  long row_size_ = 0;
  std::span<const std::size_t> order_;
  AlignedArray<std::byte> memory_;
  long ones_ = 0;  // so many lie in the memory, of the last samples without data
};

}  // namespace tenon::detail
