// Gradients of every layer with respect to its inputs and weights, by finite differences.
#include <tenon/activations/elu.hpp>
#include <tenon/activations/gelu.hpp>
#include <tenon/activations/relu.hpp>
#include <tenon/activations/softmax.hpp>
#include <tenon/activations/tanh.hpp>
#include <tenon/layers/activation.hpp>
#include <tenon/layers/average_pooling.hpp>
#include <tenon/layers/batch_normalization.hpp>
#include <tenon/layers/conv.hpp>
#include <tenon/layers/dense.hpp>
#include <tenon/layers/dropout.hpp>
#include <tenon/layers/flatten.hpp>
#include <tenon/layers/global_average_pooling.hpp>
#include <tenon/layers/global_max_pooling.hpp>
#include <tenon/layers/max_pooling.hpp>
#include <tenon/layers/merge.hpp>
#include <tenon/layers/reshape.hpp>

#include "../support/gradient_check.hpp"

using namespace tenon;
using support::Points;

namespace {

template <class L>
void check_layer(const Shape& x, const Points& where = {.batch = 3}) {
  static constexpr L object{};
  support::check_gradients([](const std::vector<Symbol>& v) { return apply(object, v[0]); }, {x}, where);
}
template <class L>
void check_merge(const Shape& x, const Shape& y) {
  static constexpr L object{};
  support::check_gradients([](const std::vector<Symbol>& v) { return apply(object, v[0], v[1]); }, {x, y});
}
const Shape image = shape(dynamic, 4, 5, 2), vector = shape(dynamic, 4);

}  // namespace

TEST_CASE("layers with weights pass gradients to inputs and weights", "[layers][gradients]") {
  check_layer<Dense<3, Tanh>>(vector);
  check_layer<Dense<3, Softmax>>(shape(dynamic, 2, 4));
  check_layer<Dense<3, NoBias, GELU>>(vector);
  check_layer<Conv2D<3, Kernel<3, 2>, ELU>>(image);
  check_layer<Conv2D<2, Kernel<3, 3>, Same, Strides<2, 1>>>(image);
  check_layer<Conv2D<4, Kernel<2, 2>, DilationRate<2, 2>, Groups<2>, NoBias>>(image);
}

TEST_CASE("batch normalization passes gradients through mean and variance", "[layers][gradients]") {
  const Points training{.low = 0.2, .high = 2, .training = true, .batch = 4, .tolerance = 1e-5}, inference{.low = 0.2, .high = 2, .batch = 3};
  check_layer<BatchNormalization>(vector, training);
  check_layer<BatchNormalization>(shape(dynamic, 3, 2), training);
  check_layer<BatchNormalizationWith<NoScale, Epsilon<0.1>>>(vector, training);
  check_layer<BatchNormalizationWith<NoCenter>>(vector, training);
  check_layer<BatchNormalization>(image, inference);
}

TEST_CASE("layers without weights pass gradients", "[layers][gradients]") {
  check_layer<MaxPooling2D<2, 2>>(image);
  check_layer<MaxPooling2D<3, 3, Strides<2, 2>, Same>>(image);
  check_layer<AveragePooling2D<2, 2>>(image);
  check_layer<AveragePooling2D<3, 3, Strides<1, 1>, Same>>(image);
  check_layer<GlobalMaxPooling2D>(image);
  check_layer<GlobalAveragePooling2D>(image);
  check_layer<Flatten>(image);
  check_layer<Reshape<-1, 4>>(image);
  check_layer<Activation<Tanh>>(image);
  check_layer<Dropout<0.4>>(image, {.training = true});
  check_layer<Dropout<0.4>>(image);
  check_merge<Add>(image, shape(dynamic, 1, 5, 2));
  check_merge<Multiply>(image, image);
  check_merge<Concatenate>(image, image);
}
