// Logarithms of probabilities from scores.
#pragma once

#include <tenon/activations/along_axes.hpp>
#include <tenon/layers/layer.hpp>

namespace tenon {

/// log(exp(x) / Σ exp(x)) along an axis, computed so that nothing overflows or vanishes. Follows keras.activations.log_softmax.
/// Axes: `LogSoftmax` takes the last, `LogSoftmaxWith<1>` another; the batch is axis 0, and refused. x: any shape → y: the same shape.
///
///     tn::Dense<10, tn::LogSoftmax>
template <int... Axes>
struct LogSoftmaxWith : Layer<LogSoftmaxWith<Axes...>> {
  static constexpr auto call(auto x) { return detail::along_axes(x, axis<Axes...>, [](Symbol rows) { return log_softmax(rows); }); }
};
using LogSoftmax = LogSoftmaxWith<-1>;

}  // namespace tenon
