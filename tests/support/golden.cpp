#include "golden.hpp"

#include <limits>

TEST_CASE("a golden file gives its cases", "[support]") {
  const auto c = golden::load("layers/dense", "with bias");
  CHECK(c.layer == "Dense<4>");
  CHECK(c.inputs.at(0).shape == std::vector<std::size_t>{2, 3});
  CHECK(c.weights.at(0).data.size() == 12);
  CHECK(c.weight_gradients.size() == c.weights.size());
  CHECK_THROWS(golden::load("layers/dense", "no such case"));
  CHECK_THROWS(golden::load("no_such_file"));
}

TEST_CASE("a moving average has no gradient but a value afterwards", "[support]") {
  const auto c = golden::load("layers/batch_normalization", "training, vector");
  CHECK(c.training);
  CHECK(!c.weight_gradients.at(1).empty());
  CHECK(c.weight_gradients.at(2).empty());
  CHECK(c.weights_after.at(2).data != c.weights.at(2).data);
}

TEST_CASE("other numbers of a case are found by name", "[support]") {
  CHECK(golden::load("initializers", "GlorotUniform of 784x10").values.at("fan_in") == std::vector<double>{784});
}

TEST_CASE("a difference is reported at its first place", "[support]") {
  const golden::Tensor expected{{2, 2}, {1, 2, 3, 4}};
  CHECK(golden::difference(std::vector{1.f, 2.f, 3.f, 4.f}, expected, 0, 0) == "");
  CHECK(golden::difference(std::vector{1., 2., 3.01, 4.}, expected, 1e-3, 1e-6) == "index 2 of (2, 2): 3.01 instead of 3");
  CHECK(golden::difference(std::vector{1., 2., 3.01, 4.}, expected, 1e-2, 0) == "");
  CHECK(golden::difference(std::vector{1.f, 2.f}, expected, 1, 1) == "2 values instead of 4");
  CHECK(golden::difference(std::vector{1.f, std::numeric_limits<float>::quiet_NaN(), 3.f, 4.f}, expected, 1, 1) != "");
}
