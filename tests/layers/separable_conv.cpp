#include <tenon/layers/separable_conv.hpp>

#include <tenon/activations/relu.hpp>
#include <tenon/activations/tanh.hpp>

#include "../support/golden_layer.hpp"

using namespace tenon;
using support::layer_named;

TEST_CASE("SeparableConv1D and SeparableConv2D agree with Keras", "[layers][separable_conv]") {
  support::check_golden("layers/separable_conv", {
    layer_named<SeparableConv2D<4, Kernel<3, 3>>>("SeparableConv2D<4, Kernel<3, 3>>"),
    layer_named<SeparableConv2D<2, Kernel<3, 2>, Same, ReLU>>("SeparableConv2D<2, Kernel<3, 2>, Same, ReLU>"),
    layer_named<SeparableConv2D<3, Kernel<3>, Strides<2>, Same, DepthMultiplier<2>>>("SeparableConv2D<3, Kernel<3>, Strides<2>, Same, DepthMultiplier<2>>"),
    layer_named<SeparableConv2D<3, Kernel<2, 2>, DilationRate<2, 2>, DepthMultiplier<3>, NoBias>>("SeparableConv2D<3, Kernel<2, 2>, DilationRate<2, 2>, DepthMultiplier<3>, NoBias>"),
    layer_named<SeparableConv1D<4, Kernel<3>>>("SeparableConv1D<4, Kernel<3>>"),
    layer_named<SeparableConv1D<3, Kernel<4>, Same, Strides<2>, DepthMultiplier<2>, Tanh>>("SeparableConv1D<3, Kernel<4>, Same, Strides<2>, DepthMultiplier<2>, Tanh>"),
  });
}
