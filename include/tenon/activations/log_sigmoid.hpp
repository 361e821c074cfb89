// Logarithm of the logistic function.
#pragma once

#include <tenon/graph/elementwise.hpp>
#include <tenon/layers/layer.hpp>

namespace tenon {

/// Logarithm of the sigmoid of a symbol, for layers of one's own.
constexpr Symbol log_sigmoid(Symbol x) { return -softplus(-x); }

/// log(1 / (1 + exp(-x))), also where that is far below zero. Follows keras.activations.log_sigmoid.
/// x: any shape → y: the same shape.
///
///     tn::Dense<1, tn::LogSigmoid>
struct LogSigmoid : Layer<LogSigmoid> {
  static constexpr auto call(auto x) { return log_sigmoid(x); }
};

}  // namespace tenon
