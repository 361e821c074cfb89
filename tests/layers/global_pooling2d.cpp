#include <tenon/layers/global_average_pooling2d.hpp>

#include <tenon/layers/global_max_pooling2d.hpp>

#include "../support/golden_layer.hpp"

using namespace tenon;
using support::layer_named;

TEST_CASE("GlobalAveragePooling2D and GlobalMaxPooling2D agree with Keras", "[layers][global_pooling2d]") {
  support::check_golden("layers/global_pooling2d", {
    layer_named<GlobalAveragePooling2D>("GlobalAveragePooling2D"),
    layer_named<GlobalMaxPooling2D>("GlobalMaxPooling2D"),
  });
}
