// Samples in host memory.
#pragma once

#include <algorithm>

#include <tenon/backend/row_source.hpp>
#include <tenon/backend/rows.hpp>
#include <tenon/core/aligned_array.hpp>

namespace tenon::detail {

/// Rows in host memory: where they are already float or int32 and lie together they are read in place, else copied.
/// Allocates only for a batch larger than all before.
class HostRows final : public Rows {
 public:
  void begin(const void* data, Element element, long, long row_size) override { source_ = {data, element, row_size, {}}; }
  void begin_order(std::span<const std::size_t> order) override { source_.order = order; }
  const void* next(DType type, long first, long count) override {
    if (source_.data == nullptr) return ones(count * source_.row_size);
    const bool same = source_.element == (is_integer(type) ? Element::int32 : Element::float32);
    if (same && source_.order.empty()) return static_cast<const float*>(source_.data) + first * source_.row_size;
    void* const to = room_for(count * source_.row_size);
    ones_ = 0;
    source_.copy(type, to, first, count);
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

  RowSource source_;
  AlignedArray<std::byte> memory_;
  long ones_ = 0;  // so many lie in the memory, of the last samples without data
};

}  // namespace tenon::detail
