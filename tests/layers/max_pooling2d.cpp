#include <tenon/layers/max_pooling2d.hpp>

#include "../support/golden_layer.hpp"

using namespace tenon;
using support::layer_named;

TEST_CASE("MaxPooling2D agrees with Keras", "[layers][max_pooling2d]") {
  support::check_golden("layers/max_pooling2d", {
    layer_named<MaxPooling2D<2, 2>>("MaxPooling2D<2, 2>"),
    layer_named<MaxPooling2D<2, 2, Same>>("MaxPooling2D<2, 2, Same>"),
    layer_named<MaxPooling2D<3, 2>>("MaxPooling2D<3, 2>"),
    layer_named<MaxPooling2D<3, 3, Strides<2, 2>>>("MaxPooling2D<3, 3, Strides<2, 2>>"),
    layer_named<MaxPooling2D<3, 3, Strides<2, 2>, Same>>("MaxPooling2D<3, 3, Strides<2, 2>, Same>"),
    layer_named<MaxPooling2D<2, 2, Strides<1, 1>, Same>>("MaxPooling2D<2, 2, Strides<1, 1>, Same>"),
    layer_named<MaxPooling2D<3, 3, Strides<1, 1>, Same>>("MaxPooling2D<3, 3, Strides<1, 1>, Same>"),
    layer_named<MaxPooling2D<4, 4, Same>>("MaxPooling2D<4, 4, Same>"),
    layer_named<MaxPooling2D<2, 2, Strides<3, 3>, Same>>("MaxPooling2D<2, 2, Strides<3, 3>, Same>"),
    layer_named<MaxPooling2D<2, 3, Strides<1, 2>>>("MaxPooling2D<2, 3, Strides<1, 2>>"),
    layer_named<MaxPooling2D<1, 1>>("MaxPooling2D<1, 1>"),
    layer_named<MaxPooling2D<3, 4>>("MaxPooling2D<3, 4>"),
  });
}
