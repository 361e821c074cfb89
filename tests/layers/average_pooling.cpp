#include <tenon/layers/average_pooling.hpp>

#include "../support/golden_layer.hpp"

using namespace tenon;
using support::layer_named;

TEST_CASE("AveragePooling1D, AveragePooling2D and AveragePooling3D agree with Keras", "[layers][average_pooling]") {
  support::check_golden("layers/average_pooling", {
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
    layer_named<AveragePooling1D<2>>("AveragePooling1D<2>"),
    layer_named<AveragePooling1D<3, Strides<2>, Same>>("AveragePooling1D<3, Strides<2>, Same>"),
    layer_named<AveragePooling1D<4, Strides<1>, Same>>("AveragePooling1D<4, Strides<1>, Same>"),
    layer_named<AveragePooling3D<2, 2, 2>>("AveragePooling3D<2, 2, 2>"),
    layer_named<AveragePooling3D<1, 3, 2, Strides<1, 2, 1>, Same>>("AveragePooling3D<1, 3, 2, Strides<1, 2, 1>, Same>"),
    layer_named<AveragePooling3D<3, 3, 3, Strides<2>>>("AveragePooling3D<3, 3, 3, Strides<2>>"),
  });
}
