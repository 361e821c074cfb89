#include <tenon/layers/adaptive_pooling.hpp>

#include "../support/golden_layer.hpp"

using namespace tenon;
using support::layer_named;

TEST_CASE("the adaptive poolings agree with Keras", "[layers][adaptive_pooling]") {
  support::check_golden("layers/adaptive_pooling", {
    layer_named<AdaptiveMaxPooling1D<3>>("AdaptiveMaxPooling1D<3>"),
    layer_named<AdaptiveMaxPooling1D<4>>("AdaptiveMaxPooling1D<4>"),
    layer_named<AdaptiveMaxPooling2D<3, 2>>("AdaptiveMaxPooling2D<3, 2>"),
    layer_named<AdaptiveMaxPooling2D<1>>("AdaptiveMaxPooling2D<1>"),
    layer_named<AdaptiveMaxPooling3D<2, 3, 1>>("AdaptiveMaxPooling3D<2, 3, 1>"),
    layer_named<AdaptiveAveragePooling1D<3>>("AdaptiveAveragePooling1D<3>"),
    layer_named<AdaptiveAveragePooling1D<4>>("AdaptiveAveragePooling1D<4>"),
    layer_named<AdaptiveAveragePooling2D<3, 2>>("AdaptiveAveragePooling2D<3, 2>"),
    layer_named<AdaptiveAveragePooling2D<1>>("AdaptiveAveragePooling2D<1>"),
    layer_named<AdaptiveAveragePooling3D<2, 3, 1>>("AdaptiveAveragePooling3D<2, 3, 1>"),
  });
}
