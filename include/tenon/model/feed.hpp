// Brings samples into the form that the programs of a model read.
#pragma once

#include <algorithm>
#include <cstddef>
#include <span>

#include <tenon/core/aligned_array.hpp>
#include <tenon/core/threads.hpp>
#include <tenon/model/description.hpp>
#include <tenon/model/tensor_ref.hpp>

namespace tenon::detail {

/// One batch as the programs read it: float or int32 rows.
struct Batch {
  const void* inputs[Tensors::most]{};
  const void* targets[Tensors::most]{};
  const float* sample_weight = nullptr;
  long size = 0;
};

/// Samples as they are given: rows `first` to `first + count` of x, y and the weights (null: all are 1).
struct SampleSet {
  const Tensors* x = nullptr;
  const Tensors* y = nullptr;
  const float* weights = nullptr;
  long first = 0;
  long count = 0;
};

/// Rows of a tensor as float or int32: where they are already that and lie together they are read in place, else copied.
class RowBuffer {
 public:
  const void* rows(const TensorRef& from, DType type, std::span<const std::size_t> order, long first, long count) {
    const long row = from.row_size();
    const bool same = from.element() == (tenon::is_integer(type) ? Element::int32 : Element::float32);
    if (same && order.empty()) return static_cast<const float*>(from.data()) + first * row;
    const auto bytes = static_cast<std::size_t>(4 * count * row);
    if (memory_.size() < bytes) memory_.resize(bytes);
    void* const to = memory_.data();
    if (tenon::is_integer(type)) from.visit([&](const auto* p) { copy(p, static_cast<std::int32_t*>(to), row, order, first, count); });
    else from.visit([&](const auto* p) { copy(p, static_cast<float*>(to), row, order, first, count); });
    return to;
  }

 private:
  /// Shuffled rows are far apart in memory, so each is asked for while those before it are copied.
  template <class From, class To>
  static void copy(const From* from, To* to, long row, std::span<const std::size_t> order, long first, long count) {
    const auto source = [=](long i) { return from + (order.empty() ? first + i : static_cast<long>(order[static_cast<std::size_t>(first + i)])) * row; };
    parallel_ranges(count, 1, memory_work(count * row * static_cast<long>(sizeof(From))), [&](long begin, long end) {
      constexpr long ahead = 4, line = 64 / sizeof(From);
      for (long i = begin; i < end; ++i) {
        if (i + ahead < end)
          for (long j = 0; j < row; j += line) __builtin_prefetch(source(i + ahead) + j);
        std::transform(source(i), source(i) + row, to + i * row, [](From v) { return static_cast<To>(v); });
      }
    });
  }
  AlignedArray<std::byte> memory_;
};

/// Makes batches of samples. Allocates only for a batch larger than all before.
class Feed {
 public:
  /// Samples `first` to `first + count` of the set, counted along `order` (row numbers; empty: as they are).
  const Batch& next(const SampleSet& set, std::span<const TensorSpec> inputs, std::span<const LabelSpec> labels, std::span<const std::size_t> order, long first, long count) {
    const long from = order.empty() ? set.first + first : first;
    for (std::size_t i = 0; i < inputs.size(); ++i)
      batch_.inputs[i] = inputs_[i].rows((*set.x)[static_cast<int>(i)], inputs[i].dtype, order, from, count);
    batch_.size = count;
    if (set.y == nullptr) return batch_;
    for (std::size_t k = 0; k < labels.size(); ++k)
      batch_.targets[k] = targets_[k].rows((*set.y)[static_cast<int>(k)], labels[k].tensor.dtype, order, from, count);
    if (static_cast<long>(weights_.size()) < count) weights_.resize(static_cast<std::size_t>(count));
    for (long i = 0; i < count; ++i)
      weights_[static_cast<std::size_t>(i)] = set.weights == nullptr ? 1 : set.weights[order.empty() ? from + i : static_cast<long>(order[static_cast<std::size_t>(from + i)])];
    batch_.sample_weight = weights_.data();
    return batch_;
  }

 private:
  RowBuffer inputs_[Tensors::most], targets_[Tensors::most];
  AlignedArray<float> weights_;
  Batch batch_;
};

}  // namespace tenon::detail
