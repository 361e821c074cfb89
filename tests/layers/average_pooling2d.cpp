#include <tenon/layers/average_pooling2d.hpp>

#include "../support/golden_layer.hpp"

using namespace tenon;
using support::layer_named;

TEST_CASE("AveragePooling2D agrees with Keras", "[layers][average_pooling2d]") {
  support::check_golden("layers/average_pooling2d", {
    layer_named<AveragePooling2D<2, 2>>("AveragePooling2D<2, 2>"),
    layer_named<AveragePooling2D<2, 2, Same>>("AveragePooling2D<2, 2, Same>"),
    layer_named<AveragePooling2D<3, 2>>("AveragePooling2D<3, 2>"),
    layer_named<AveragePooling2D<3, 3, Strides<2, 2>>>("AveragePooling2D<3, 3, Strides<2, 2>>"),
    layer_named<AveragePooling2D<3, 3, Strides<2, 2>, Same>>("AveragePooling2D<3, 3, Strides<2, 2>, Same>"),
    layer_named<AveragePooling2D<2, 2, Strides<1, 1>, Same>>("AveragePooling2D<2, 2, Strides<1, 1>, Same>"),
    layer_named<AveragePooling2D<3, 3, Strides<1, 1>, Same>>("AveragePooling2D<3, 3, Strides<1, 1>, Same>"),
    layer_named<AveragePooling2D<4, 4, Same>>("AveragePooling2D<4, 4, Same>"),
    layer_named<AveragePooling2D<2, 2, Strides<3, 3>, Same>>("AveragePooling2D<2, 2, Strides<3, 3>, Same>"),
    layer_named<AveragePooling2D<2, 3, Strides<1, 2>>>("AveragePooling2D<2, 3, Strides<1, 2>>"),
    layer_named<AveragePooling2D<1, 1>>("AveragePooling2D<1, 1>"),
    layer_named<AveragePooling2D<3, 4>>("AveragePooling2D<3, 4>"),
  });
}
