// What metrics count with.
#pragma once

#include <tenon/losses/concept.hpp>

namespace tenon::detail {

/// Values of one shape with a new last axis along which they lie.
template <class... S>
constexpr Symbol side_by_side(Symbol first, S... rest) {
  const bool poisoned = (first.poisoned || ... || rest.poisoned);
  if (poisoned) return {first.trace, first.graph, first.id, true};
  if (first.shape().rank == max_rank) return mistake(first, Problem::rank_too_large, first.shape());
  const Symbol place = iota(first, first.shape().append(1 + sizeof...(rest)), -1);
  Symbol all = expand_dims(first, axis<-1>);
  int k = 0;
  ((all = select(place == ++k, expand_dims(rest, axis<-1>), all)), ...);
  return all;
}
/// The sum over all axes but the last `Kept`.
template <int Kept>
constexpr Symbol sum_over_all_but(Symbol x) {
  const int reduced = x.shape().rank - Kept;
  return x.poisoned || reduced < 1 ? x : reshape(reduce(Op::reduce_sum, x, (1 << reduced) - 1), x.shape().slice(reduced, x.shape().rank));
}

/// 1 where a class counts: everywhere if class_id is below 0, else where the last axis is there.
constexpr Symbol of_class(Symbol y_pred, Symbol class_id) { return maximum(class_id < 0, iota(y_pred, y_pred.shape(), -1) == class_id); }
constexpr BadNumber class_exists(int class_id, const Shape& y_pred) {
  return unless(class_id == -1 || (class_id >= 0 && class_id < y_pred.back()), "class_id", class_id, "-1, for all, or a position along the last axis of the output");
}

/// 1 for the K largest along the last axis; of equal ones the first count.
template <int K>
constexpr Symbol among_top(Symbol x) {
  if (x.poisoned) return x;
  if (x.shape().rank == max_rank) return mistake(x, Problem::rank_too_large, x.shape());
  const Symbol mine = expand_dims(x, axis<-1>), other = expand_dims(x, axis<-2>), larger = other > mine;
  const Symbol earlier = iota(x, larger.shape(), -1) < iota(x, larger.shape(), -2);
  return sum(maximum(larger, (other == mine) * earlier), axis<-1>) < K;
}

constexpr double quotient(double a, double b) { return b == 0 ? 0 : a / b; }  // Keras's divide_no_nan

}  // namespace tenon::detail
