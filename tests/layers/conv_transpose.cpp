#include <tenon/layers/conv_transpose.hpp>

#include <tenon/activations/relu.hpp>
#include <tenon/activations/tanh.hpp>

#include "../support/golden_layer.hpp"

using namespace tenon;
using support::layer_named;

TEST_CASE("Conv1DTranspose, Conv2DTranspose and Conv3DTranspose agree with Keras", "[layers][conv_transpose]") {
  support::check_golden("layers/conv_transpose", {
    layer_named<Conv2DTranspose<3, Kernel<3, 3>>>("Conv2DTranspose<3, Kernel<3, 3>>"),
    layer_named<Conv2DTranspose<2, Kernel<3, 3>, Strides<2, 2>, Same, ReLU>>("Conv2DTranspose<2, Kernel<3, 3>, Strides<2, 2>, Same, ReLU>"),
    layer_named<Conv2DTranspose<2, Kernel<2, 4>, Strides<2, 2>, Same>>("Conv2DTranspose<2, Kernel<2, 4>, Strides<2, 2>, Same>"),
    layer_named<Conv2DTranspose<2, Kernel<3, 2>, Strides<2, 3>>>("Conv2DTranspose<2, Kernel<3, 2>, Strides<2, 3>>"),
    layer_named<Conv2DTranspose<2, Kernel<2, 2>, Strides<3, 3>>>("Conv2DTranspose<2, Kernel<2, 2>, Strides<3, 3>>"),
    layer_named<Conv2DTranspose<2, Kernel<2, 1>, Strides<3, 2>, Same>>("Conv2DTranspose<2, Kernel<2, 1>, Strides<3, 2>, Same>"),
    layer_named<Conv2DTranspose<2, Kernel<5, 4>, Same, NoBias>>("Conv2DTranspose<2, Kernel<5, 4>, Same, NoBias>"),
    layer_named<Conv2DTranspose<2, Kernel<3, 2>, DilationRate<2, 2>>>("Conv2DTranspose<2, Kernel<3, 2>, DilationRate<2, 2>>"),
    layer_named<Conv2DTranspose<2, Kernel<3, 2>, DilationRate<1, 3>, Same>>("Conv2DTranspose<2, Kernel<3, 2>, DilationRate<1, 3>, Same>"),
    layer_named<Conv2DTranspose<2, Kernel<3, 2>, Strides<2, 2>, OutputPadding<1, 0>>>("Conv2DTranspose<2, Kernel<3, 2>, Strides<2, 2>, OutputPadding<1, 0>>"),
    layer_named<Conv2DTranspose<2, Kernel<4, 3>, Strides<3, 2>, Same, OutputPadding<2, 1>>>("Conv2DTranspose<2, Kernel<4, 3>, Strides<3, 2>, Same, OutputPadding<2, 1>>"),
    layer_named<Conv2DTranspose<2, Kernel<3, 4>, Strides<2, 2>, Same, OutputPadding<0>>>("Conv2DTranspose<2, Kernel<3, 4>, Strides<2, 2>, Same, OutputPadding<0>>"),
    layer_named<Conv1DTranspose<3, Kernel<4>, Strides<2>, Same>>("Conv1DTranspose<3, Kernel<4>, Strides<2>, Same>"),
    layer_named<Conv1DTranspose<2, Kernel<3>, Tanh>>("Conv1DTranspose<2, Kernel<3>, Tanh>"),
    layer_named<Conv1DTranspose<2, Kernel<2>, Strides<3>, OutputPadding<1>>>("Conv1DTranspose<2, Kernel<2>, Strides<3>, OutputPadding<1>>"),
    layer_named<Conv3DTranspose<2, Kernel<3>, Strides<2>, Same>>("Conv3DTranspose<2, Kernel<3>, Strides<2>, Same>"),
    layer_named<Conv3DTranspose<1, Kernel<2, 3, 1>, Strides<1, 2, 3>>>("Conv3DTranspose<1, Kernel<2, 3, 1>, Strides<1, 2, 3>>"),
  });
}
