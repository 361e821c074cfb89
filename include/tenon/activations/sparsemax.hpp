// Probabilities of which most are zero.
#pragma once

#include <tenon/activations/along_axes.hpp>
#include <tenon/layers/layer.hpp>

namespace tenon {

/// Sparsemax of a symbol along its last axis, for layers of one's own. Who is in the support is known without sorting: x_i is, if what
/// exceeds it adds up to less than 1, Σ_j max(x_j - x_i, 0) < 1. Every element is compared with every other: n² numbers for each row.
constexpr Symbol sparsemax(Symbol x) {
  if (x.poisoned) return x;
  const Symbol z = x - stop_gradient(max(x, axis<-1>, keep_dims));  // as large numbers would swallow the 1
  const Symbol above = maximum(expand_dims(z, axis<-2>) - expand_dims(z, axis<-1>), 0);
  const Symbol support = sum(stop_gradient(above), axis<-1>) < 1;
  const Symbol tau = (sum(select(support, z, 0), axis<-1>, keep_dims) - 1) / sum(support, axis<-1>, keep_dims);
  return relu(z - tau);
}

/// max(x - τ, 0) with the τ for which the sum along an axis is 1 (Martins and Astudillo 2016). keras.activations.sparsemax, whose
/// rows do not add up to 1 in Keras 3.15.
/// Where: the axis; `Sparsemax` takes the last. The time grows with the square of its extent: meant for hundreds of classes, not thousands.
/// x: any shape of at most five axes → y: the same shape. Refused: the axis of the batch, and one that x does not have.
///
///     tn::Dense<10, tn::Sparsemax>
template <int Where>
struct SparsemaxWith : Layer<SparsemaxWith<Where>> {
  static constexpr auto call(auto x) { return detail::along_axes(x, axis<Where>, [](Symbol rows) { return sparsemax(rows); }); }
};
using Sparsemax = SparsemaxWith<-1>;

}  // namespace tenon
