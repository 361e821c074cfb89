// Options of layers that are refused, and the nearest ones that are not: each called on its own, outside of a model.
#include <limits>

#include <tenon/activations/leaky_relu.hpp>
#include <tenon/activations/relu.hpp>
#include <tenon/layers/average_pooling.hpp>
#include <tenon/layers/batch_normalization.hpp>
#include <tenon/layers/conv.hpp>
#include <tenon/layers/dense.hpp>
#include <tenon/layers/dropout.hpp>
#include <tenon/layers/max_pooling.hpp>
#include <tenon/layers/reshape.hpp>
#include <tenon/regularizers/l1_l2.hpp>

using namespace tenon;

namespace {

template <class L>
constexpr Problem problem_of() {
  Trace t;
  t.program.graphs.push_back(NodeGraph{});
  const L layer{};
  const Symbol y = apply(layer, Symbol{&t, 0, t.argument(Role::input, 0, shape(dynamic, 8, 8, 4))});
  return y.poisoned == (t.mistake.problem != Problem::none) ? t.mistake.problem : Problem::not_a_layer;
}
template <class L>
inline constexpr bool fits = problem_of<L>() == Problem::none;
template <class L>
inline constexpr bool out_of_range = problem_of<L>() == Problem::value_out_of_range;
template <class... Options>
using Conv = Conv2D<4, Kernel<3, 3>, Options...>;
template <class R>
using Penalized = Dense<4, KernelRegularizer<R>>;
template <class I>
using Started = Dense<4, BiasInitializer<I>>;

}  // namespace

// What Keras refuses, too.
static_assert(out_of_range<Dense<0>> && out_of_range<Dense<-3>> && fits<Dense<1>>);
static_assert(out_of_range<Conv2D<0, Kernel<3>>> && out_of_range<Conv2D<-1, Kernel<3>>> && fits<Conv2D<1, Kernel<3>>>);
static_assert(out_of_range<Conv2D<4, Kernel<0, 3>>> && out_of_range<Conv2D<4, Kernel<3, -3>>> && fits<Conv2D<4, Kernel<1, 3>>>);
static_assert(out_of_range<Conv2D<4, Kernel<>>> && out_of_range<Conv2D<4, Kernel<3, 3, 3>>> && fits<Conv2D<4, Kernel<3>>>);
static_assert(out_of_range<Conv<Strides<0, 1>>> && out_of_range<Conv<Strides<1, 1, 1>>> && fits<Conv<Strides<1, 2>>>);
static_assert(out_of_range<Conv<DilationRate<0, 1>>> && out_of_range<Conv<DilationRate<-1>>> && fits<Conv<DilationRate<2>>>);
static_assert(out_of_range<Conv<Groups<0>>> && out_of_range<Conv<Groups<-2>>> && fits<Conv<Groups<2>>>);
static_assert(problem_of<Conv<Groups<3>>>() == Problem::groups_do_not_divide);
static_assert(problem_of<Conv<Strides<2, 1>, DilationRate<1, 2>>>() == Problem::options_contradict);
static_assert(fits<Conv<Strides<2>, DilationRate<1>>> && fits<Conv<Strides<1, 1>, DilationRate<2, 2>>>);
static_assert(problem_of<Conv2D<4>>() == Problem::option_missing);
static_assert(problem_of<Conv2D<4, Kernel<9, 9>>>() == Problem::kernel_larger_than_image && fits<Conv2D<4, Kernel<9, 9>, Same>>);
static_assert(problem_of<MaxPooling2D<9>>() == Problem::pool_larger_than_image && fits<MaxPooling2D<9, 9, Same>>);
static_assert(out_of_range<MaxPooling2D<0, 2>> && out_of_range<MaxPooling2D<2, -2>> && fits<MaxPooling2D<1, 2>>);
static_assert(out_of_range<AveragePooling2D<0, 2>> && out_of_range<AveragePooling2D<2, 2, Strides<0>>> && fits<AveragePooling2D<2, 2, Strides<1>>>);
static_assert(out_of_range<Dropout<-0.1>> && out_of_range<Dropout<1.5>> && fits<Dropout<0.0>> && fits<Dropout<0.9>>);
static_assert(out_of_range<Reshape<0>> && out_of_range<Reshape<-2, 4>> && out_of_range<Reshape<-1, -1>> && fits<Reshape<-1, 4>>);
static_assert(out_of_range<Penalized<L1<-0.1>>> && out_of_range<Penalized<L2<-0.1>>> && out_of_range<Penalized<L1L2<0.1, -0.1>>>);
static_assert(fits<Penalized<L1<0.0>>> && fits<Penalized<L2<0.1>>> && fits<Penalized<L1L2<0.0, 0.1>>>);
static_assert(out_of_range<Penalized<L2<std::numeric_limits<double>::infinity()>>> && out_of_range<Penalized<L2<std::numeric_limits<double>::quiet_NaN()>>>);
static_assert(out_of_range<Started<VarianceScalingNormal<0.0, Fan::in>>> && fits<Started<VarianceScalingNormal<0.1, Fan::in>>>);
static_assert(out_of_range<LeakyReLUWith<-0.1>> && out_of_range<Dense<4, LeakyReLUWith<-0.1>>> && fits<LeakyReLUWith<0.0>>);

// What Keras lets pass, and what then trains to nothing or to NaN.
static_assert(out_of_range<Dropout<1.0>>);
static_assert(out_of_range<BatchNormalizationWith<Momentum<2.0>>> && out_of_range<BatchNormalizationWith<Momentum<-0.1>>>);
static_assert(fits<BatchNormalizationWith<Momentum<0.0>>> && fits<BatchNormalizationWith<Momentum<1.0>>>);
static_assert(out_of_range<BatchNormalizationWith<Epsilon<0.0>>> && out_of_range<BatchNormalizationWith<Epsilon<-1.0>>>);

// Options that a layer does not have, or has already.
static_assert(problem_of<Dense<4, Same>>() == Problem::unknown_option && problem_of<Dense<4, int>>() == Problem::unknown_option);
static_assert(problem_of<Dense<4, ReLU, LeakyReLU>>() == Problem::option_given_twice && problem_of<Dense<4, NoBias, NoBias>>() == Problem::option_given_twice);
static_assert(problem_of<MaxPooling2D<2, 2, Same, Valid>>() == Problem::option_given_twice);
static_assert(out_of_range<Started<ReLU>> && out_of_range<Penalized<Zeros>> && fits<Started<Zeros>>);
