#include <tenon/layers/depthwise_conv.hpp>

#include <tenon/activations/relu.hpp>
#include <tenon/activations/tanh.hpp>

#include "../support/golden_layer.hpp"

using namespace tenon;
using support::layer_named;

TEST_CASE("DepthwiseConv1D and DepthwiseConv2D agree with Keras", "[layers][depthwise_conv]") {
  support::check_golden("layers/depthwise_conv", {
    layer_named<DepthwiseConv2D<Kernel<3, 3>>>("DepthwiseConv2D<Kernel<3, 3>>"),
    layer_named<DepthwiseConv2D<Kernel<3, 2>, Same, ReLU>>("DepthwiseConv2D<Kernel<3, 2>, Same, ReLU>"),
    layer_named<DepthwiseConv2D<Kernel<3>, Strides<2>, Same, DepthMultiplier<2>>>("DepthwiseConv2D<Kernel<3>, Strides<2>, Same, DepthMultiplier<2>>"),
    layer_named<DepthwiseConv2D<Kernel<2, 2>, DilationRate<2, 2>, DepthMultiplier<3>, NoBias>>("DepthwiseConv2D<Kernel<2, 2>, DilationRate<2, 2>, DepthMultiplier<3>, NoBias>"),
    layer_named<DepthwiseConv1D<Kernel<3>>>("DepthwiseConv1D<Kernel<3>>"),
    layer_named<DepthwiseConv1D<Kernel<4>, Same, Strides<2>, DepthMultiplier<2>, Tanh>>("DepthwiseConv1D<Kernel<4>, Same, Strides<2>, DepthMultiplier<2>, Tanh>"),
  });
}
