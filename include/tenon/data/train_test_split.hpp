// A set of samples, cut into one to train on and one to test on.
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

#include <tenon/core/random.hpp>
#include <tenon/core/xtensor.hpp>
#include <tenon/data/dataset.hpp>
#include <tenon/data/take_rows.hpp>

namespace tenon {

/// How `train_test_split` cuts.
struct SplitOptions {
  double test_size = 0.25;  ///< the share of the samples to test on, rounded up to a whole sample
  bool shuffle = true;      ///< without it, the last samples are those to test on
  std::uint64_t seed = 0;
};

/// Cuts samples in two. Follows scikit-learn's train_test_split, with its counts; equal seeds give equal cuts.
/// x: (N, …) and y: (N, …) of any rank → train of N - ceil(test_size N) and test of ceil(test_size N) samples, as copies.
/// Throws std::invalid_argument: x and y of different lengths, test_size outside (0, 1), a part without samples.
///
///     const auto [train, test] = tn::train_test_split(houses.x, houses.y, {.test_size = 0.2, .seed = 7});
template <class X, class Y>
Dataset<tensor_of<X>, tensor_of<Y>> train_test_split(const X& x, const Y& y, const SplitOptions& options = {}) {
  const auto fail = [](const std::string& why) { throw std::invalid_argument("train_test_split: " + why); };
  if (x.dimension() == 0 || y.dimension() == 0) fail("x or y is a single number, expected rows");
  const std::size_t count = x.shape(0);
  if (y.shape(0) != count) fail("x has " + std::to_string(count) + " rows, y has " + std::to_string(y.shape(0)));
  if (!(options.test_size > 0 && options.test_size < 1))
    fail("test_size is " + std::to_string(options.test_size) + ", expected more than 0 and less than 1");
  const auto test_count = static_cast<std::size_t>(std::ceil(options.test_size * static_cast<double>(count)));
  if (test_count == 0 || test_count >= count)
    fail(std::to_string(count) + " rows and a test_size of " + std::to_string(options.test_size) +
         " leave nothing to train or to test on");

  std::vector<std::size_t> order(count);
  if (options.shuffle) order = shuffled_indices(count, Random(options.seed));
  else std::iota(order.begin(), order.end(), std::size_t{0});
  const std::span<const std::size_t> rows = order;
  const auto train = rows.first(count - test_count);
  const auto test = rows.last(test_count);
  return {{take_rows(x, train), take_rows(y, train)}, {take_rows(x, test), take_rows(y, test)}};
}

}  // namespace tenon
