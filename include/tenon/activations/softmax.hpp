// Probabilities from scores.
#pragma once

#include <tenon/activations/along_axes.hpp>
#include <tenon/layers/layer.hpp>

namespace tenon {

/// exp(x) / Σ exp(x) along the last axis. Follows keras.activations.softmax.
/// x: (…, Classes) → y: the same shape, rows that add up to 1. Refused: x without an axis besides the batch.
///
///     tn::Dense<10, tn::Softmax>
struct Softmax : Layer<Softmax> {
  static constexpr auto call(auto x) { return softmax(x); }
};

/// The same along other axes, or several together, which add up to 1. Follows keras.layers.Softmax(axis).
/// Axes: counted from 0, the batch, or backwards from -1. Refused: that of the batch, and those that x does not have.
///
///     tn::Conv2D<1, tn::Kernel<1>>, tn::SoftmaxWith<1, 2>  // one pixel of each image
template <int... Axes>
struct SoftmaxWith : Layer<SoftmaxWith<Axes...>> {
  static constexpr auto call(auto x) { return detail::along_axes(x, axis<Axes...>, [](Symbol rows) { return softmax(rows); }); }
};

}  // namespace tenon
