#include <tenon/layers/max_pooling.hpp>

#include "../support/golden_layer.hpp"

using namespace tenon;
using support::layer_named;

TEST_CASE("MaxPooling1D, MaxPooling2D and MaxPooling3D agree with Keras", "[layers][max_pooling]") {
  support::check_golden("layers/max_pooling", {
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
    layer_named<MaxPooling1D<2>>("MaxPooling1D<2>"),
    layer_named<MaxPooling1D<3, Strides<2>, Same>>("MaxPooling1D<3, Strides<2>, Same>"),
    layer_named<MaxPooling1D<4, Strides<1>, Same>>("MaxPooling1D<4, Strides<1>, Same>"),
    layer_named<MaxPooling3D<2, 2, 2>>("MaxPooling3D<2, 2, 2>"),
    layer_named<MaxPooling3D<1, 3, 2, Strides<1, 2, 1>, Same>>("MaxPooling3D<1, 3, 2, Strides<1, 2, 1>, Same>"),
    layer_named<MaxPooling3D<3, 3, 3, Strides<2>>>("MaxPooling3D<3, 3, 3, Strides<2>>"),
  });
}
