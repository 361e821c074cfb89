#include <tenon/layers/batch_normalization.hpp>

#include "../support/golden_layer.hpp"

using namespace tenon;
using support::layer_named;

TEST_CASE("BatchNormalization agrees with Keras", "[layers][batch_normalization]") {
  support::check_golden("layers/batch_normalization", {
    layer_named<BatchNormalization>("BatchNormalization"),
    layer_named<BatchNormalizationWith<Momentum<0.9>, Epsilon<1e-2>>>("BatchNormalizationWith<Momentum<0.9>, Epsilon<1e-2>>"),
    layer_named<BatchNormalizationWith<NoScale>>("BatchNormalizationWith<NoScale>"),
    layer_named<BatchNormalizationWith<NoCenter>>("BatchNormalizationWith<NoCenter>"),
  });
}
