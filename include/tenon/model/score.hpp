// What is measured, and how it is made of sums.
#pragma once

#include <span>

#include <tenon/losses/reduction.hpp>

namespace tenon::detail {

/// A loss or metric among the numbers that are added up over all samples: `count` of them, from `first` on.
struct Score {
  std::size_t first = 0;
  std::size_t count = 1;
  const void* metric = nullptr;
  double (*result)(const void* metric, std::span<const double> sums, long samples) = nullptr;  ///< null: the mean

  double value(std::span<const double> all, long samples) const {
    return result == nullptr ? all[first] / static_cast<double>(samples) : result(metric, all.subspan(first, count), samples);
  }
};

/// A loss whose reduction can be asked for, and what its sum over the next batch is divided by.
struct ReducedLoss {
  const void* loss = nullptr;
  Reduction (*reduction)(const void* loss) = nullptr;
  Divisor divisor = {};
};
template <class L>
constexpr ReducedLoss reduced(const L& loss) {
  return {&loss, [](const void* object) { return reduction_of(*static_cast<const L*>(object)); }};
}

}  // namespace tenon::detail
