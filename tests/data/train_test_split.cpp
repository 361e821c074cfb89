#include <tenon/data/train_test_split.hpp>

#include <algorithm>
#include <set>

#include "../support/catch.hpp"
#include "../support/error_of.hpp"

namespace tn = tenon;
using support::error_of;

namespace {
// Row i of x holds 10 i, y holds i.
struct Rows {
  explicit Rows(std::size_t count) : x(xt::zeros<float>({count, std::size_t{2}, std::size_t{3}})), y(xt::zeros<int>({count})) {
    for (std::size_t i = 0; i < count; ++i)
      for (std::size_t k = 0; k < 6; ++k) x.data()[6 * i + k] = 10.f * static_cast<float>(y(i) = static_cast<int>(i));
  }
  xt::xtensor<float, 3> x;
  xt::xtensor<int, 1> y;
};
}  // namespace

TEST_CASE("train_test_split has scikit-learn's counts", "[data][train_test_split]") {
  struct Case { std::size_t count; double test_size; std::size_t train, test; };
  for (const Case c : {Case{150, .2, 120, 30}, {10, .25, 7, 3}, {7, .5, 3, 4}, {3, .1, 2, 1}, {11, .3, 7, 4}}) {
    const Rows rows(c.count);
    const auto [train, test] = tn::train_test_split(rows.x, rows.y, {.test_size = c.test_size});
    CHECK(train.x.shape() == std::array<std::size_t, 3>{c.train, 2, 3});
    CHECK(train.y.size() == c.train);
    CHECK(test.x.shape(0) == c.test);
    CHECK(test.y.size() == c.test);
  }
}

TEST_CASE("train_test_split gives each row once and keeps x and y together", "[data][train_test_split]") {
  const Rows rows(50);
  const auto [train, test] = tn::train_test_split(rows.x, rows.y, {.seed = 3});
  std::multiset<int> seen(train.y.begin(), train.y.end());
  seen.insert(test.y.begin(), test.y.end());
  CHECK(std::equal(seen.begin(), seen.end(), rows.y.begin(), rows.y.end()));
  for (std::size_t i = 0; i < train.y.size(); ++i) CHECK(train.x(i, 1, 2) == static_cast<float>(10 * train.y(i)));
  for (std::size_t i = 0; i < test.y.size(); ++i) CHECK(test.x(i, 0, 0) == static_cast<float>(10 * test.y(i)));
}

TEST_CASE("train_test_split follows its seed", "[data][train_test_split]") {
  const Rows rows(8);
  // The order of 0 … 7 for seed 3 is 0 5 7 4 3 1 2 6: tests/core/random_expected.py.
  CHECK((tn::train_test_split(rows.x, rows.y, {.seed = 3}).test.y == xt::xtensor<int, 1>{2, 6}));
  CHECK((tn::train_test_split(rows.x, rows.y, {.seed = 3}).train.y == xt::xtensor<int, 1>{0, 5, 7, 4, 3, 1}));
  CHECK((tn::train_test_split(rows.x, rows.y, {.seed = 4}).train.y != xt::xtensor<int, 1>{0, 5, 7, 4, 3, 1}));
}

TEST_CASE("train_test_split tests on the last rows where it does not shuffle", "[data][train_test_split]") {
  const Rows rows(4);
  const auto [train, test] = tn::train_test_split(rows.x, rows.y, {.shuffle = false});
  CHECK((train.y == xt::xtensor<int, 1>{0, 1, 2}));
  CHECK((test.y == xt::xtensor<int, 1>{3}));
}

TEST_CASE("train_test_split says what is wrong with its arguments", "[data][train_test_split]") {
  const Rows five(5), two(2);
  CHECK(error_of([&] { tn::train_test_split(five.x, two.y); }) == "train_test_split: x has 5 rows, y has 2");
  CHECK(error_of([&] { tn::train_test_split(two.x, two.y, {.test_size = 1}); }) ==
        "train_test_split: test_size is 1.000000, expected more than 0 and less than 1");
  CHECK(error_of([&] { tn::train_test_split(two.x, two.y, {.test_size = .9}); }) ==
        "train_test_split: 2 rows and a test_size of 0.900000 leave nothing to train or to test on");
}
