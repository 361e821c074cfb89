#include <tenon/layers/cropping.hpp>

#include <tenon/layers/zero_padding.hpp>

#include "../support/golden_layer.hpp"

using namespace tenon;
using support::layer_named;

TEST_CASE("cropping and zero padding agree with Keras", "[layers][cropping_and_padding]") {
  support::check_golden("layers/cropping_and_padding", {
    layer_named<Cropping1D<>>("Cropping1D<>"),
    layer_named<Cropping1D<2>>("Cropping1D<2>"),
    layer_named<Cropping1D<0, 3>>("Cropping1D<0, 3>"),
    layer_named<Cropping2D<>>("Cropping2D<>"),
    layer_named<Cropping2D<1>>("Cropping2D<1>"),
    layer_named<Cropping2D<0, 1>>("Cropping2D<0, 1>"),
    layer_named<Cropping2D<0, 1, 2, 0>>("Cropping2D<0, 1, 2, 0>"),
    layer_named<Cropping3D<>>("Cropping3D<>"),
    layer_named<Cropping3D<1, 0, 2>>("Cropping3D<1, 0, 2>"),
    layer_named<Cropping3D<0, 1, 1, 2, 3, 0>>("Cropping3D<0, 1, 1, 2, 3, 0>"),
    layer_named<ZeroPadding1D<>>("ZeroPadding1D<>"),
    layer_named<ZeroPadding1D<2>>("ZeroPadding1D<2>"),
    layer_named<ZeroPadding1D<0, 3>>("ZeroPadding1D<0, 3>"),
    layer_named<ZeroPadding2D<>>("ZeroPadding2D<>"),
    layer_named<ZeroPadding2D<1>>("ZeroPadding2D<1>"),
    layer_named<ZeroPadding2D<0, 1>>("ZeroPadding2D<0, 1>"),
    layer_named<ZeroPadding2D<0, 1, 2, 0>>("ZeroPadding2D<0, 1, 2, 0>"),
    layer_named<ZeroPadding3D<>>("ZeroPadding3D<>"),
    layer_named<ZeroPadding3D<1, 0, 2>>("ZeroPadding3D<1, 0, 2>"),
    layer_named<ZeroPadding3D<0, 1, 1, 2, 3, 0>>("ZeroPadding3D<0, 1, 1, 2, 3, 0>"),
  });
}
