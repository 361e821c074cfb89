#include <tenon/data/to_categorical.hpp>

#include <cmath>

#include "../support/catch.hpp"
#include "../support/error_of.hpp"

namespace tn = tenon;
using support::error_of;

TEST_CASE("to_categorical sets one element of each row", "[data][to_categorical]") {
  const xt::xtensor<int, 1> labels{0, 2, 1};  // keras.utils.to_categorical([0, 2, 1], 4)
  CHECK((tn::to_categorical(labels, 4) == xt::xtensor<float, 2>{{1, 0, 0, 0}, {0, 0, 1, 0}, {0, 1, 0, 0}}));
}

TEST_CASE("to_categorical has as many classes as the highest label needs", "[data][to_categorical]") {
  CHECK((tn::to_categorical(xt::xtensor<int, 1>{1, 0}) == xt::xtensor<float, 2>{{0, 1}, {1, 0}}));
  CHECK((tn::to_categorical(xt::xtensor<unsigned char, 2>{{1}, {0}}) == xt::xtensor<float, 2>{{0, 1}, {1, 0}}));
  CHECK(tn::to_categorical(xt::xarray<long>{2}).shape(1) == 3);
}

TEST_CASE("to_categorical takes whole numbers of any type, as load_csv gives them", "[data][to_categorical]") {
  CHECK((tn::to_categorical(xt::xtensor<float, 2>{{1}, {0}}) == xt::xtensor<float, 2>{{0, 1}, {1, 0}}));
  CHECK(error_of([] { tn::to_categorical(xt::xtensor<float, 1>{0, 1.5f}); }) == "to_categorical: label 1.500000 at index 1, expected 0 to 1");
  CHECK(error_of([] { tn::to_categorical(xt::xtensor<double, 1>{std::nan(""), 1}, 2); }) == "to_categorical: label nan at index 0, expected 0 to 1");
  CHECK(tn::to_categorical(xt::xtensor<signed char, 1>{3}, 200).shape(1) == 200);
}

TEST_CASE("to_categorical refuses labels out of range by index", "[data][to_categorical]") {
  const xt::xtensor<int, 1> labels{0, 3, -1};
  CHECK(error_of([&] { tn::to_categorical(labels, 3); }) == "to_categorical: label 3 at index 1, expected 0 to 2");
  CHECK(error_of([&] { tn::to_categorical(labels); }) == "to_categorical: label -1 at index 2, expected 0 to 3");
  CHECK(error_of([&] { tn::to_categorical(xt::xtensor<int, 1>{-1}); }) ==
        "to_categorical: label -1 at index 0, expected 0 to 0");
  CHECK(error_of([&] { tn::to_categorical(xt::xtensor<int, 2>{{0, 1}, {1, 0}}); }) ==
        "to_categorical: labels have rank 2, expected (N) or (N, 1)");
  CHECK(error_of([&] { tn::to_categorical(xt::xarray<int>::from_shape({0})); }) ==
        "to_categorical: no labels and no num_classes");
}

TEST_CASE("to_categorical refuses more classes than an int can count", "[data][to_categorical]") {
  const xt::xtensor<int, 1> labels{0, 3};
  CHECK(error_of([&] { tn::to_categorical(labels, std::size_t{1} << 63); }) == "to_categorical: 9223372036854775808 classes, expected 2147483647 at most");
  CHECK(error_of([&] { tn::to_categorical(labels, static_cast<std::size_t>(-3)); }) ==
        "to_categorical: 18446744073709551613 classes, expected 2147483647 at most");
  CHECK(error_of([] { tn::to_categorical(xt::xtensor<double, 1>{0, 1e300}); }).ends_with(", expected less than 2147483647"));
  CHECK(error_of([] { tn::to_categorical(xt::xtensor<long, 1>{0, 5000000000}); }) == "to_categorical: label 5000000000, expected less than 2147483647");
}
