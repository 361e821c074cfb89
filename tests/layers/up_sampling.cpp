#include <tenon/layers/up_sampling.hpp>

#include "../support/golden_layer.hpp"

using namespace tenon;
using support::layer_named;

TEST_CASE("UpSampling1D, UpSampling2D and UpSampling3D agree with Keras", "[layers][up_sampling]") {
  support::check_golden("layers/up_sampling", {
    layer_named<UpSampling1D<>>("UpSampling1D<>"),
    layer_named<UpSampling1D<3>>("UpSampling1D<3>"),
    layer_named<UpSampling2D<>>("UpSampling2D<>"),
    layer_named<UpSampling2D<3, 2>>("UpSampling2D<3, 2>"),
    layer_named<UpSampling2D<2, 2, Bilinear>>("UpSampling2D<2, 2, Bilinear>"),
    layer_named<UpSampling2D<2, 3, Bicubic>>("UpSampling2D<2, 3, Bicubic>"),
    layer_named<UpSampling2D<2, 2, Lanczos3>>("UpSampling2D<2, 2, Lanczos3>"),
    layer_named<UpSampling3D<>>("UpSampling3D<>"),
    layer_named<UpSampling3D<1, 3, 2>>("UpSampling3D<1, 3, 2>"),
  });
}
