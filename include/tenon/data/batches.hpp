// Batch after batch of samples, without end.
#pragma once

#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

#include <tenon/core/random.hpp>
#include <tenon/core/xtensor.hpp>
#include <tenon/data/dataset.hpp>
#include <tenon/data/take_rows.hpp>

namespace tenon {

/// How `Batches` goes through the samples.
struct BatchOptions {
  bool shuffle = true;     ///< anew for each epoch; without it, each epoch has the samples' own order
  std::uint64_t seed = 0;  ///< equal seeds give equal batches
};

/// Gives samples in batches, epoch after epoch, as TensorFlow's `mnist.train.next_batch` did.
/// Each sample comes once in each epoch, and none is dropped: where a batch reaches beyond the end of an epoch, it holds
/// that epoch's last samples first and then the first ones of the next. So every batch is full, and a sample may come
/// twice in a batch that spans two epochs.
/// x: (N, …), y: (N, …) of any rank, which must outlive the object; batches are copies.
/// Throws std::invalid_argument: x and y of different lengths, no samples, a batch size of 0 or above N.
///
///     tn::Batches batches(mnist.train.x, mnist.train.y, {.seed = 7});
///     for (int step = 0; step < 1000; ++step) {
///       const auto [x, y] = batches.next(100);
///       model.train_on_batch(x, y);
///     }
template <class X, class Y>
class Batches {
 public:
  Batches(const X& x, const Y& y, const BatchOptions& options = {}) : x_(&x), y_(&y), options_(options) {
    if (x.dimension() == 0 || x.shape(0) == 0) throw std::invalid_argument("Batches: x has no rows");
    if (y.dimension() == 0 || x.shape(0) != y.shape(0))
      throw std::invalid_argument("Batches: x has " + std::to_string(x.shape(0)) + " rows, y has " +
                                  std::to_string(y.dimension() == 0 ? 0 : y.shape(0)));
    start_epoch();
  }
  Batches(const X&&, const Y&, const BatchOptions& = {}) = delete;  // a temporary would be gone before the first batch
  Batches(const X&, const Y&&, const BatchOptions& = {}) = delete;
  Batches(const X&&, const Y&&, const BatchOptions& = {}) = delete;

  /// The next samples: x (batch_size, …), y (batch_size, …).
  Samples<tensor_of<X>, tensor_of<Y>> next(std::size_t batch_size) {
    if (batch_size == 0 || batch_size > order_.size())
      throw std::invalid_argument("Batches::next: batch_size is " + std::to_string(batch_size) + ", expected 1 to " +
                                  std::to_string(order_.size()) + ", the number of samples");
    rows_.clear();
    while (rows_.size() < batch_size) {
      if (position_ == order_.size()) {
        ++epoch_;
        start_epoch();
      }
      rows_.push_back(order_[position_++]);
    }
    return {take_rows(*x_, rows_), take_rows(*y_, rows_)};
  }

  /// How often each sample has been given.
  std::size_t epochs_completed() const { return epoch_ + (position_ == order_.size() ? 1 : 0); }

 private:
  void start_epoch() {
    const std::size_t count = x_->shape(0);
    if (options_.shuffle) order_ = shuffled_indices(count, Random(options_.seed, epoch_));
    else if (order_.empty())
      for (std::size_t i = 0; i < count; ++i) order_.push_back(i);
    position_ = 0;
  }

  const X* x_;
  const Y* y_;
  BatchOptions options_;
  std::vector<std::size_t> order_;  // of the current epoch
  std::vector<std::size_t> rows_;   // of the current batch
  std::size_t position_ = 0;
  std::size_t epoch_ = 0;
};

}  // namespace tenon
