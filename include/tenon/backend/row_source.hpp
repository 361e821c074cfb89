// Samples where a program of the user has them.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>

#include <tenon/core/dtype.hpp>
#include <tenon/core/element.hpp>
#include <tenon/core/threads.hpp>

namespace tenon::detail {

/// Rows in host memory, and the order in which they are read.
struct RowSource {
  const void* data = nullptr;
  Element element{};
  long row_size = 0;
  std::span<const std::size_t> order;  ///< empty: their own

  /// So many rows from the first on, counted along the order, written one behind the other: as float, or int32 where the type is an integer.
  void copy(DType type, void* to, long first, long count) const {
    if (is_integer(type)) visit_elements(data, element, [&](const auto* from) { copy(from, static_cast<std::int32_t*>(to), first, count); });
    else visit_elements(data, element, [&](const auto* from) { copy(from, static_cast<float*>(to), first, count); });
  }

 private:
  /// Shuffled rows are far apart in memory, so each is asked for while those before it are copied.
  template <class From, class To>
  void copy(const From* from, To* to, long first, long count) const {
    const long row = row_size;
    const auto source = [=, order = order](long i) { return from + (order.empty() ? first + i : static_cast<long>(order[static_cast<std::size_t>(first + i)])) * row; };
    parallel_ranges(count, 1, memory_work(count * row * static_cast<long>(sizeof(From))), [&](long begin, long end) {
      constexpr long ahead = 4, line = 64 / sizeof(From);
      for (long i = begin; i < end; ++i) {
        if (i + ahead < end)
          for (long j = 0; j < row; j += line) __builtin_prefetch(source(i + ahead) + j);
        std::transform(source(i), source(i) + row, to + i * row, [](From v) { return static_cast<To>(v); });
      }
    });
  }
};

}  // namespace tenon::detail
