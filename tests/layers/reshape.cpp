#include <tenon/layers/reshape.hpp>

#include <tenon/layers/flatten.hpp>

#include "../support/golden_layer.hpp"

using namespace tenon;
using support::layer_named;

TEST_CASE("Reshape and Flatten agree with Keras", "[layers][reshape]") {
  support::check_golden("layers/shapes", {
    layer_named<Flatten>("Flatten"),
    layer_named<Reshape<3, 4>>("Reshape<3, 4>"),
    layer_named<Reshape<12>>("Reshape<12>"),
    layer_named<Reshape<-1, 2>>("Reshape<-1, 2>"),
  });
}
