#include <tenon/layers/dropout.hpp>

#include "../support/golden_layer.hpp"

using namespace tenon;
using support::layer_named;

TEST_CASE("Dropout agrees with Keras where nothing is dropped", "[layers][dropout]") {
  support::check_golden("layers/dropout", {
    layer_named<Dropout<0.5>>("Dropout<0.5>"),
    layer_named<Dropout<0.0>>("Dropout<0>"),
  });
}

TEST_CASE("Dropout drops the fraction it is told, scales the rest, and drops others in the next step", "[layers][dropout]") {
  support::Sketch g;
  g.trace.training = true;
  static constexpr Dropout<0.25> dropout{};
  const Symbol x = g.argument(shape(dynamic, 100)), y = dropout(x);
  const std::vector<support::Values> ones{support::Values(4000, 1.0)};
  const auto run = [&](std::uint64_t step) { return g.run({y, gradient(y, x)}, ones, 40, {1, step}); };
  const auto results = run(1);
  int dropped = 0;
  for (const double value : results[0]) {
    CHECK((value == 0 || value == Approx(1 / 0.75)));
    dropped += value == 0;
  }
  CHECK(dropped == Approx(1000).margin(140));  // five standard deviations
  CHECK(results[1] == results[0]);             // what was dropped passes no gradient
  CHECK(run(1) == results);
  CHECK(run(2) != results);
}
