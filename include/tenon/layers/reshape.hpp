// The same elements under another shape.
#pragma once

#include <tenon/graph/movement.hpp>
#include <tenon/graph/refuse.hpp>
#include <tenon/layers/layer.hpp>

namespace tenon {
namespace detail {
template <int>
struct OrOnce;
}  // namespace detail

/// x: (B, ...) → y: (B, Extents...), in row-major order; one extent may be -1 and is then inferred. Follows keras.layers.Reshape.
/// Refused: a shape with another number of elements; extents that are neither positive nor -1; more than one -1.
///
///     tn::Input<784>, tn::Reshape<28, 28, 1>, tn::Conv2D<8, tn::Kernel<3, 3>>
template <int... Extents>
struct Reshape : Layer<Reshape<Extents...>> {
  static constexpr auto call(auto x) {
    if constexpr (!((Extents > 0 || Extents == -1) && ...) || (0 + ... + (Extents == -1)) > 1) {
      return detail::refuse<AtLeast<1>, detail::OrOnce<-1>>(x, Problem::value_out_of_range);
    } else if constexpr (sizeof...(Extents) >= max_rank) {
      return x.poisoned ? x : detail::mistake(x, Problem::rank_too_large, x.shape(), tenon::shape(static_cast<int>(sizeof...(Extents)) + 1));
    } else {
      constexpr long known = tenon::shape((Extents == -1 ? 1 : Extents)...).elements();
      const int inferred = static_cast<int>(x.shape().elements() / known);
      return reshape(x, with_batch(shape((Extents == -1 ? inferred : Extents)...)));
    }
  }
};

}  // namespace tenon
