// Brings samples into the form that the programs of a model read.
#pragma once

#include <algorithm>

#include <tenon/backend/device.hpp>
#include <tenon/model/description.hpp>
#include <tenon/model/tensor_ref.hpp>

namespace tenon::detail {

/// One batch as the programs read it: float or int32 rows in the backend's memory.
struct Batch {
  const void* inputs[Tensors::most]{};
  const void* targets[Tensors::most]{};
  const float* sample_weight = nullptr;
  long size = 0;
  double weights = 0;  ///< the sum of the sample weights
};

/// Samples as they are given: rows `first` to `first + count` of x, y and the weights (null: all are 1).
struct SampleSet {
  const Tensors* x = nullptr;
  const Tensors* y = nullptr;
  const float* weights = nullptr;
  long first = 0;
  long count = 0;
};

/// Makes batches of samples. What is read in turns has a feed each, so that a callback may evaluate while fit is training.
class Feed {
 public:
  explicit Feed(Device& device) : device_(&device) {}

  /// The samples of all batches from now on, in their own order. They, and what the spans refer to, stay where they are. Without labels
  /// they have no weights either.
  void begin(const SampleSet& set, std::span<const TensorSpec> inputs, std::span<const LabelSpec> labels) {
    count_ = set.count;
    weights_here_ = set.weights == nullptr ? nullptr : set.weights + set.first;
    order_ = {};
    input_specs_ = inputs;
    label_specs_ = labels;
    for (std::size_t i = 0; i < input_specs_.size(); ++i) read(inputs_[i], (*set.x)[static_cast<int>(i)], set);
    for (std::size_t k = 0; k < label_specs_.size(); ++k) read(targets_[k], (*set.y)[static_cast<int>(k)], set);
    if (!label_specs_.empty()) read(weights_, set.weights == nullptr ? nullptr : set.weights + set.first, Element::float32, 1);
  }
  /// Another order of the samples, by their numbers.
  void begin_order(std::span<const std::size_t> order) {
    order_ = order;
    for (std::size_t i = 0; i < input_specs_.size(); ++i) inputs_[i]->begin_order(order);
    for (std::size_t k = 0; k < label_specs_.size(); ++k) targets_[k]->begin_order(order);
    if (!label_specs_.empty()) weights_->begin_order(order);
  }
  long count() const { return count_; }

  /// So many samples from the first on, counted along the order, or as many as there are.
  const Batch& next(long first, long batch_size) {
    batch_.size = std::min(batch_size, count_ - first);
    for (std::size_t i = 0; i < input_specs_.size(); ++i) batch_.inputs[i] = inputs_[i]->next(input_specs_[i].dtype, first, batch_.size);
    for (std::size_t k = 0; k < label_specs_.size(); ++k) batch_.targets[k] = targets_[k]->next(label_specs_[k].tensor.dtype, first, batch_.size);
    if (!label_specs_.empty()) batch_.sample_weight = static_cast<const float*>(weights_->next(DType::float32, first, batch_.size));
    batch_.weights = sum_of_weights(first);
    return batch_;
  }

 private:
  double sum_of_weights(long first) const {
    if (weights_here_ == nullptr) return static_cast<double>(batch_.size);
    double sum = 0;
    for (auto i = static_cast<std::size_t>(first), end = i + static_cast<std::size_t>(batch_.size); i < end; ++i)
      sum += static_cast<double>(weights_here_[order_.empty() ? i : order_[i]]);
    return sum;
  }
  void read(std::unique_ptr<Rows>& rows, const void* data, Element element, long row_size) {
    if (!rows) rows = device_->rows();
    rows->begin(data, element, count_, row_size);
  }
  void read(std::unique_ptr<Rows>& rows, const TensorRef& t, const SampleSet& set) {
    const auto skipped = static_cast<std::size_t>(set.first * t.row_size()) * element_bytes(t.element());
    read(rows, static_cast<const std::byte*>(t.data()) + skipped, t.element(), t.row_size());
  }

  Device* device_;
  std::unique_ptr<Rows> inputs_[Tensors::most], targets_[Tensors::most], weights_;
  std::span<const TensorSpec> input_specs_;
  std::span<const LabelSpec> label_specs_;
  const float* weights_here_ = nullptr;
  std::span<const std::size_t> order_;
  long count_ = 0;
  Batch batch_;
};

}  // namespace tenon::detail
