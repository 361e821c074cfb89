// A layer whose kernel has norm 1.
#pragma once

#include <utility>

#include <tenon/graph/matmul.hpp>
#include <tenon/graph/reductions.hpp>
#include <tenon/graph/refuse.hpp>
#include <tenon/initializers/random_normal.hpp>
#include <tenon/layers/layer.hpp>

namespace tenon {
namespace detail {

/// A row divided by its length.
constexpr Symbol unit_row(Symbol row) { return row * rsqrt(maximum(sum(square(row)), 1e-14)); }

/// w / σ, its last axis being columns; σ: its largest singular value, by power iterations from the state vector_u of the layer around.
template <int PowerIterations>
constexpr Symbol spectrally_normalized(Symbol w) {
  Trace& t = *w.trace;
  const int columns = w.shape().back(), inner = t.current_layer;
  const Symbol rows = reshape(w, shape(static_cast<int>(w.shape().elements() / columns), columns)), fixed = stop_gradient(rows);
  t.current_layer = t.layers[inner].parent;
  const Symbol start = w.state("vector_u", shape(1, columns), TruncatedNormal<0.0, 0.02>{});
  Symbol u = start, v = start;
  for (int i = 0; i < PowerIterations; ++i) {
    v = unit_row(matmul(u, transpose(fixed)));
    u = unit_row(matmul(v, fixed));
  }
  if (w.training() && !w.frozen()) w.update(start, u);
  t.current_layer = inner;
  const Symbol sigma = sum(matmul(v, rows) * u);
  return w / select(sigma == 0, 1, sigma);
}

}  // namespace detail

/// A layer whose kernel, or embeddings, are divided by their largest singular value, which `PowerIterations` steps of the power method find
/// (Miyato et al. 2018). Follows keras.layers.SpectralNormalization. Weights: vector_u (1, Channels), which only training changes, and the layer's own.
/// The kernel that is stored is the one that is trained, and gradients pass through the division, as in the paper (Keras stores the quotient).
/// Refused: fewer than 1 iteration; a layer without a kernel.
///
///     tn::SpectralNormalization<tn::Conv2D<64, tn::Kernel<3, 3>>>
template <class L, int PowerIterations = 1>
struct SpectralNormalization : Layer<SpectralNormalization<L, PowerIterations>> {
  L layer;

  constexpr auto call(auto x) const {
    x = detail::in_range<AtLeast<1>>(x, PowerIterations);
    Trace& t = *x.trace;
    const auto outer = std::exchange(t.replace_kernel, &detail::spectrally_normalized<PowerIterations>);
    const auto y = apply(layer, x);
    t.replace_kernel = outer;
    return y;
  }
};

}  // namespace tenon
