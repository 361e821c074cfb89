#include "formula_data.hpp"

#include "golden.hpp"

static_assert(formula::uniform(3, 5) >= 0 && formula::uniform(3, 5) < 1);

TEST_CASE("formula data is the same in C++ and in Python, to the bit", "[support]") {
  const auto expect = [](const char* name, auto value) {
    const auto expected = golden::load("formula", name).values.at("expected");
    using Value = decltype(value(std::uint32_t{0}));
    for (std::uint32_t i = 0; i < expected.size(); ++i) {
      INFO(name << " at " << i);
      CHECK(value(i) == static_cast<Value>(expected[i]));
    }
  };
  const auto dense = formula::kernel(0, 64, 784, 10), conv = formula::kernel(1, 64, 288, 576);
  expect("bits of stream 1", [](std::uint32_t i) { return formula::bits(1, i); });
  expect("uniform of stream 3", [](std::uint32_t i) { return formula::uniform(3, i); });
  expect("first kernel, 784 to 10", [&](std::uint32_t i) { return dense[i]; });
  expect("second kernel, 3x3x32 to 64", [&](std::uint32_t i) { return conv[i]; });
  expect("labels", [](std::uint32_t i) { return formula::label(i); });
  expect("pixels of sample 7", [](std::uint32_t i) { return formula::pixel(7, 12 * i, 784); });
  expect("line", [](std::uint32_t i) { return formula::line_y(formula::line_x(i)); });
  expect("plane", [](std::uint32_t i) { return formula::plane(formula::square(i, 0), formula::square(i, 1)); });
  expect("saddle", [](std::uint32_t i) { return formula::saddle(formula::square(i, 0), formula::square(i, 1)); });
}
