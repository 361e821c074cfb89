// Fully connected layer.
#pragma once

#include <tenon/graph/matmul.hpp>
#include <tenon/initializers/constant.hpp>
#include <tenon/initializers/variance_scaling.hpp>
#include <tenon/layers/options.hpp>

namespace tenon {

/// y = activation(x · kernel + bias). Follows keras.layers.Dense.
/// x: (B, ..., In) → y: (B, ..., Units). Weights: kernel (In, Units), bias (Units).
/// Units: the number of outputs. Options: an activation, `NoBias`, `KernelInitializer<…>`, `BiasInitializer<…>`,
/// `KernelRegularizer<…>`, `BiasRegularizer<…>`. Refused: x without an axis besides the batch.
///
///     struct Net : tn::Sequential<tn::Input<784>, tn::Dense<128, tn::ReLU>, tn::Dense<10, tn::Softmax>> {};
template <int Units, class... Options>
struct Dense : Layer<Dense<Units, Options...>> {
  static_assert(Units > 0, "Tenon: Dense needs at least one unit");
  using Takes = detail::Takes<OptionOf::activation, OptionOf::bias, OptionOf::kernel_initializer, OptionOf::bias_initializer,
                              OptionOf::kernel_regularizer, OptionOf::bias_regularizer>;
  static_assert(Takes::template check<Dense, Options...>);

  static constexpr auto call(auto x) {
    if (!x.poisoned && x.shape().rank < 2) return detail::mistake(x, Problem::rank_too_small, x.shape(), shape(1));
    const auto w = kernel<GlorotUniform, Options...>(x, shape(x.shape().back(), Units));
    return activate<Options...>(add_bias<Zeros, Options...>(x, matmul(x, w)));
  }
};

}  // namespace tenon
