#include <tenon/layers/conv.hpp>

#include <tenon/activations/relu.hpp>
#include <tenon/activations/sigmoid.hpp>
#include <tenon/activations/softmax.hpp>
#include <tenon/activations/tanh.hpp>

#include "../support/golden_layer.hpp"

using namespace tenon;
using support::layer_named;

TEST_CASE("Conv1D, Conv2D and Conv3D agree with Keras", "[layers][conv]") {
  support::check_golden("layers/conv", {
    layer_named<Conv2D<4, Kernel<3, 3>>>("Conv2D<4, Kernel<3, 3>>"),
    layer_named<Conv2D<3, Kernel<3, 3>, ReLU>>("Conv2D<3, Kernel<3, 3>, ReLU>"),
    layer_named<Conv2D<2, Kernel<3, 2>, NoBias>>("Conv2D<2, Kernel<3, 2>, NoBias>"),
    layer_named<Conv2D<5, Kernel<1, 1>>>("Conv2D<5, Kernel<1, 1>>"),
    layer_named<Conv2D<2, Kernel<1, 1>, Strides<2, 2>>>("Conv2D<2, Kernel<1, 1>, Strides<2, 2>>"),
    layer_named<Conv2D<3, Kernel<4, 3>>>("Conv2D<3, Kernel<4, 3>>"),
    layer_named<Conv2D<3, Kernel<3, 3>, Same>>("Conv2D<3, Kernel<3, 3>, Same>"),
    layer_named<Conv2D<2, Kernel<2, 2>, Same>>("Conv2D<2, Kernel<2, 2>, Same>"),
    layer_named<Conv2D<2, Kernel<4, 2>, Same, Tanh>>("Conv2D<2, Kernel<4, 2>, Same, Tanh>"),
    layer_named<Conv2D<2, Kernel<5, 5>, Same>>("Conv2D<2, Kernel<5, 5>, Same>"),
    layer_named<Conv2D<4, Kernel<3, 3>, Strides<2, 2>, Same, ReLU>>("Conv2D<4, Kernel<3, 3>, Strides<2, 2>, Same, ReLU>"),
    layer_named<Conv2D<2, Kernel<3, 3>, Strides<2, 2>, Same>>("Conv2D<2, Kernel<3, 3>, Strides<2, 2>, Same>"),
    layer_named<Conv2D<2, Kernel<3, 2>, Strides<2, 3>, Same>>("Conv2D<2, Kernel<3, 2>, Strides<2, 3>, Same>"),
    layer_named<Conv2D<2, Kernel<2, 2>, Strides<3, 3>, Same>>("Conv2D<2, Kernel<2, 2>, Strides<3, 3>, Same>"),
    layer_named<Conv2D<3, Kernel<3, 3>, Strides<2, 2>>>("Conv2D<3, Kernel<3, 3>, Strides<2, 2>>"),
    layer_named<Conv2D<2, Kernel<2, 2>, Strides<3, 3>>>("Conv2D<2, Kernel<2, 2>, Strides<3, 3>>"),
    layer_named<Conv2D<2, Kernel<3, 3>, DilationRate<2, 2>>>("Conv2D<2, Kernel<3, 3>, DilationRate<2, 2>>"),
    layer_named<Conv2D<2, Kernel<3, 3>, DilationRate<2, 2>, Same>>("Conv2D<2, Kernel<3, 3>, DilationRate<2, 2>, Same>"),
    layer_named<Conv2D<2, Kernel<2, 2>, DilationRate<1, 3>, Same>>("Conv2D<2, Kernel<2, 2>, DilationRate<1, 3>, Same>"),
    layer_named<Conv2D<4, Kernel<3, 3>, Groups<2>>>("Conv2D<4, Kernel<3, 3>, Groups<2>>"),
    layer_named<Conv2D<6, Kernel<2, 2>, Groups<3>, Same>>("Conv2D<6, Kernel<2, 2>, Groups<3>, Same>"),
    layer_named<Conv2D<4, Kernel<3, 3>, Groups<2>, Strides<2, 2>, Same, NoBias, Sigmoid>>("Conv2D<4, Kernel<3, 3>, Groups<2>, Strides<2, 2>, Same, NoBias, Sigmoid>"),
    layer_named<Conv2D<3, Kernel<2, 2>, Softmax>>("Conv2D<3, Kernel<2, 2>, Softmax>"),
    layer_named<Conv2D<17, Kernel<3, 3>, Same>>("Conv2D<17, Kernel<3, 3>, Same>"),
    layer_named<Conv1D<3, Kernel<3>>>("Conv1D<3, Kernel<3>>"),
    layer_named<Conv1D<3, Kernel<4>, Same, ReLU>>("Conv1D<3, Kernel<4>, Same, ReLU>"),
    layer_named<Conv1D<2, Kernel<3>, Strides<2>, Same>>("Conv1D<2, Kernel<3>, Strides<2>, Same>"),
    layer_named<Conv1D<2, Kernel<2>, Strides<3>, NoBias>>("Conv1D<2, Kernel<2>, Strides<3>, NoBias>"),
    layer_named<Conv1D<4, Kernel<3>, DilationRate<2>, Groups<2>>>("Conv1D<4, Kernel<3>, DilationRate<2>, Groups<2>>"),
    layer_named<Conv1D<2, Kernel<3>, Causal>>("Conv1D<2, Kernel<3>, Causal>"),
    layer_named<Conv1D<2, Kernel<2>, Causal, DilationRate<3>>>("Conv1D<2, Kernel<2>, Causal, DilationRate<3>>"),
    layer_named<Conv1D<2, Kernel<3>, Causal, Strides<2>>>("Conv1D<2, Kernel<3>, Causal, Strides<2>>"),
    layer_named<Conv3D<3, Kernel<2, 3, 2>>>("Conv3D<3, Kernel<2, 3, 2>>"),
    layer_named<Conv3D<2, Kernel<3>, Same, Tanh>>("Conv3D<2, Kernel<3>, Same, Tanh>"),
    layer_named<Conv3D<2, Kernel<3, 2, 1>, Strides<2, 1, 2>, Same>>("Conv3D<2, Kernel<3, 2, 1>, Strides<2, 1, 2>, Same>"),
    layer_named<Conv3D<2, Kernel<2>, Strides<2>, NoBias>>("Conv3D<2, Kernel<2>, Strides<2>, NoBias>"),
    layer_named<Conv3D<2, Kernel<2>, DilationRate<2, 1, 3>, Groups<2>>>("Conv3D<2, Kernel<2>, DilationRate<2, 1, 3>, Groups<2>>"),
    layer_named<Conv1D<3, Kernel<3>, Same>>("Conv1D<3, Kernel<3>, Same>"),
  });
}
