// Fully connected layer.
#pragma once

#include <tenon/graph/matmul.hpp>
#include <tenon/initializers/constant.hpp>
#include <tenon/initializers/variance_scaling.hpp>
#include <tenon/layers/with_options.hpp>

namespace tenon {

/// y = activation(x · kernel + bias). Follows keras.layers.Dense.
/// x: (B, ..., In) → y: (B, ..., Units). Weights: kernel (In, Units), bias (Units).
/// Units: the number of outputs. Options: an activation, `NoBias`, `KernelInitializer<…>`, `BiasInitializer<…>`,
/// `KernelRegularizer<…>`, `BiasRegularizer<…>`. Refused: fewer than 1 unit; x without an axis besides the batch.
///
///     struct Net : tn::Sequential<tn::Input<784>, tn::Dense<128, tn::ReLU>, tn::Dense<10, tn::Softmax>> {};
template <int Units, class... Options>
struct Dense : Layer<Dense<Units, Options...>> {
  using Takes = tenon::Takes<OptionOf::activation, OptionOf::bias, OptionOf::kernel_initializer, OptionOf::bias_initializer,
                             OptionOf::kernel_regularizer, OptionOf::bias_regularizer>;

  static constexpr auto call(auto x) {
    x = Takes::template check<Options...>(detail::in_range<AtLeast<1>>(x, Units));
    if (x.poisoned) return x;
    const Shape given = x.shape();  // "x.shape().rank < 2" would begin std::rank<2> where a program says `using namespace std`
    if (given.rank < 2) return detail::mistake(x, Problem::rank_too_small, given, shape(1));
    const auto w = kernel<GlorotUniform, Options...>(x, shape(x.shape().back(), Units));
    return activate<Options...>(add_bias<Zeros, Options...>(x, matmul(x, w)));
  }
};

}  // namespace tenon
