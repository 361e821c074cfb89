#include <tenon/layers/dropout.hpp>

#include "../support/golden_layer.hpp"

using namespace tenon;
using support::layer_named;

TEST_CASE("Dropout agrees with Keras where nothing is dropped", "[layers][dropout]") {
  support::check_golden("layers/dropout", {
    layer_named<Dropout<0.5>>("Dropout<0.5>"),
    layer_named<Dropout<0>>("Dropout<0>"),
  });
}
