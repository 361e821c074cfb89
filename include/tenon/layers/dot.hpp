// Products of two tensors, sample by sample.
#pragma once

#include <tenon/graph/matmul.hpp>
#include <tenon/layers/unit_normalization.hpp>

namespace tenon {
namespace detail {

/// x with one axis moved to another place; the others keep their order.
constexpr Symbol move_axis(Symbol x, int from, int to) {
  int order[max_rank]{}, at = 0;
  for (int i = 0; i < x.shape().rank; ++i) {
    if (i == to) order[i] = from;
    else order[i] = at + (at >= from), ++at;
  }
  return transpose(x, order);
}

}  // namespace detail

/// The sum of products of two tensors along an axis of each, sample by sample. Follows keras.layers.Dot.
/// a: (B, …), b: (B, …) → y: (B, the other axes of a, the other axes of b), or (B, 1) if there are none.
/// First, Second: the axes of a and of b, counted from 0, the batch, or backwards from -1. Options: `Normalize`, the cosine of the angle.
/// Refused: the batch as axis; axes of different extents; a result of more than six axes.
///
///     return tn::Dot<1>{}(a, b);  // (B, C), (B, C) → (B, 1)
template <int First, int Second = First, class... Options>
struct Dot : Layer<Dot<First, Second, Options...>> {
  using Takes = tenon::Takes<OptionOf::normalize>;

  static constexpr auto call(auto a, auto b) {
    a = Takes::template check<Options...>(a);
    const int along_a = detail::sample_axes(a, axis<First>), along_b = detail::sample_axes(b, axis<Second>);
    if (a.poisoned || b.poisoned) return a.poisoned ? a : b;
    if constexpr (has_option<OptionOf::normalize, Options...>) a = detail::normalized(a, along_a, 1e-7), b = detail::normalized(b, along_b, 1e-7);
    const Shape of_a = a.shape(), of_b = b.shape();
    const int at_a = detail::normalized_axis(First, of_a.rank), at_b = detail::normalized_axis(Second, of_b.rank), count = of_a[at_a];
    Shape result = detail::without(of_a, along_a);
    const Shape rest = detail::without(of_b.slice(1, of_b.rank), along_b >> 1);
    if (of_b[at_b] != count) return detail::mistake(a, Problem::matmul_sizes_differ, of_a, of_b);
    if (result.rank + rest.rank > max_rank) return detail::mistake(a, Problem::rank_too_large, of_a, of_b);
    const Symbol left = reshape(detail::move_axis(a, at_a, of_a.rank - 1), shape(dynamic, static_cast<int>(result.elements()), count));
    const Symbol right = reshape(detail::move_axis(b, at_b, 1), shape(dynamic, count, static_cast<int>(rest.elements())));
    for (int i = 0; i < rest.rank; ++i) result = result.append(rest[i]);
    if (result.rank == 1) return sum(reshape(left, shape(dynamic, count)) * reshape(right, shape(dynamic, count)), axis<-1>, keep_dims);
    return reshape(matmul(left, right), result);
  }
};

}  // namespace tenon
