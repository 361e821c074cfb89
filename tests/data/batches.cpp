#include <tenon/data/batches.hpp>

#include <algorithm>
#include <type_traits>
#include <vector>

#include "../support/catch.hpp"
#include "../support/error_of.hpp"

namespace tn = tenon;
using support::error_of;

namespace {
const xt::xtensor<float, 2> x{{0, 0}, {10, 1}, {20, 2}, {30, 3}, {40, 4}};
const xt::xtensor<int, 1> y{0, 1, 2, 3, 4};
using Labels = xt::xtensor<int, 1>;
}  // namespace

// The orders of 0 … 4 for seed 9 are 4 0 3 1 2, then 1 3 4 2 0, then 2 4 0 1 3: tests/core/random_expected.py.
TEST_CASE("Batches shuffles each epoch anew and runs on into the next", "[data][batches]") {
  tn::Batches batches(x, y, {.seed = 9});
  CHECK((batches.next(3).y == Labels{4, 0, 3}));
  CHECK((batches.next(3).y == Labels{1, 2, 1}));
  CHECK((batches.next(3).y == Labels{3, 4, 2}));
  CHECK((batches.next(3).y == Labels{0, 2, 4}));
}

TEST_CASE("Batches keeps x and y together", "[data][batches]") {
  tn::Batches batches(x, y);
  for (int step = 0; step < 20; ++step) {
    const auto [inputs, labels] = batches.next(4);
    CHECK(inputs.shape() == std::array<std::size_t, 2>{4, 2});
    for (std::size_t i = 0; i < 4; ++i) CHECK(inputs(i, 0) == static_cast<float>(10 * labels(i)));
  }
}

TEST_CASE("Batches gives each sample once in each epoch, whatever the batch sizes", "[data][batches]") {
  tn::Batches batches(x, y, {.seed = 1});
  std::vector<int> given;
  for (const std::size_t size : {2u, 5u, 1u, 3u, 4u, 5u})
    for (const int label : batches.next(size).y) given.push_back(label);
  for (int epoch = 0; epoch < 4; ++epoch) CHECK(std::is_permutation(y.begin(), y.end(), given.begin() + 5 * epoch));
}

TEST_CASE("Batches keeps the samples' order where it does not shuffle", "[data][batches]") {
  tn::Batches batches(x, y, {.shuffle = false});
  CHECK((batches.next(4).y == Labels{0, 1, 2, 3}));
  CHECK((batches.next(4).y == Labels{4, 0, 1, 2}));
}

TEST_CASE("Batches counts the epochs that are complete", "[data][batches]") {
  tn::Batches batches(x, y);
  CHECK(batches.epochs_completed() == 0);
  batches.next(4);
  CHECK(batches.epochs_completed() == 0);
  batches.next(1);
  CHECK(batches.epochs_completed() == 1);
  batches.next(5);
  CHECK(batches.epochs_completed() == 2);
  batches.next(1);
  CHECK(batches.epochs_completed() == 2);
}

TEST_CASE("Batches says what is wrong with its arguments", "[data][batches]") {
  tn::Batches batches(x, y);
  CHECK(error_of([&] { batches.next(0); }) == "Batches::next: batch_size is 0, expected 1 to 5, the number of samples");
  CHECK(error_of([&] { batches.next(6); }) == "Batches::next: batch_size is 6, expected 1 to 5, the number of samples");
  const Labels two{0, 1}, none = Labels::from_shape({0});
  CHECK(error_of([&] { tn::Batches wrong(x, two); }) == "Batches: x has 5 rows, y has 2");
  CHECK(error_of([&] { tn::Batches wrong(none, none); }) == "Batches: x has no rows");
  using Tensors = tn::Batches<xt::xtensor<float, 2>, Labels>;
  STATIC_REQUIRE(std::is_constructible_v<Tensors, const xt::xtensor<float, 2>&, Labels&>);
  STATIC_REQUIRE(!std::is_constructible_v<Tensors, xt::xtensor<float, 2>, const Labels&>);
}
