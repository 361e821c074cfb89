// Samples as the programs of a backend read them.
#pragma once

#include <cstddef>
#include <span>

#include <tenon/core/dtype.hpp>
#include <tenon/core/element.hpp>

namespace tenon::detail {

/// The rows of one tensor of samples, a batch at a time.
class Rows {
 public:
  virtual ~Rows() = default;
  /// What is read from now on, in its own order: `rows` rows of `row_size` elements in host memory; null: every element is 1, a float.
  /// They stay there, unchanged, until the next begin: a device copies them once, the host reads them where they are.
  virtual void begin(const void* data, Element element, long rows, long row_size) = 0;
  /// The order of the rows from now on, by their numbers; empty: their own. It stays there until the next one, or the next begin.
  virtual void begin_order(std::span<const std::size_t> order) = 0;
  /// So many rows from the first on, counted along the order, as float, or int32 where the type is an integer, in the backend's memory.
  /// They are there until the next call.
  virtual const void* next(DType type, long first, long count) = 0;
};

}  // namespace tenon::detail
