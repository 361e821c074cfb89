#include <tenon/layers/global_average_pooling.hpp>

#include <tenon/layers/global_max_pooling.hpp>

#include "../support/golden_layer.hpp"

using namespace tenon;
using support::layer_named;

TEST_CASE("the global poolings agree with Keras", "[layers][global_pooling]") {
  support::check_golden("layers/global_pooling", {
    layer_named<GlobalAveragePooling2D>("GlobalAveragePooling2D"),
    layer_named<GlobalAveragePooling1D>("GlobalAveragePooling1D"),
    layer_named<GlobalAveragePooling3D>("GlobalAveragePooling3D"),
    layer_named<GlobalAveragePooling1DWith<KeepDims>>("GlobalAveragePooling1DWith<KeepDims>"),
    layer_named<GlobalAveragePooling2DWith<KeepDims>>("GlobalAveragePooling2DWith<KeepDims>"),
    layer_named<GlobalAveragePooling3DWith<KeepDims>>("GlobalAveragePooling3DWith<KeepDims>"),
    layer_named<GlobalMaxPooling2D>("GlobalMaxPooling2D"),
    layer_named<GlobalMaxPooling1D>("GlobalMaxPooling1D"),
    layer_named<GlobalMaxPooling3D>("GlobalMaxPooling3D"),
    layer_named<GlobalMaxPooling1DWith<KeepDims>>("GlobalMaxPooling1DWith<KeepDims>"),
    layer_named<GlobalMaxPooling2DWith<KeepDims>>("GlobalMaxPooling2DWith<KeepDims>"),
    layer_named<GlobalMaxPooling3DWith<KeepDims>>("GlobalMaxPooling3DWith<KeepDims>"),
  });
}
