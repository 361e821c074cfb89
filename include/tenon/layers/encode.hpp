// Whole numbers as vectors: what layers of categories have in common.
#pragma once

#include <tenon/graph/reductions.hpp>

namespace tenon {

/// What a layer of categories returns: the number itself; a one in its place; ones in the places of all numbers along the last axis; how often each occurs.
enum class OutputMode { integer, one_hot, multi_hot, count };

namespace detail {

/// Notes that these indices look up `rows` rows: data that go in are then checked. Only where they are those of an input, or parts of it.
constexpr void look_up(Symbol indices, int rows) {
  NodeGraph& g = indices.home();
  int id = indices.id;
  while (g.nodes[id].op == Op::reshape || g.nodes[id].op == Op::expand || g.nodes[id].op == Op::transpose || g.nodes[id].op == Op::slice) id = g.nodes[id].in[0];
  Node& v = g.nodes[id];
  if (v.op == Op::argument && is_integer(v.dtype) && (v.value == 0 || rows < v.value)) v.value = rows;
}

/// Whole numbers (B, …), of any type, in this mode; weights of the counts, or none.
constexpr Symbol encoded(Symbol x, int depth, OutputMode mode, const Symbol* weights = nullptr) {
  if (x.poisoned) return x;
  if (mode == OutputMode::one_hot && x.shape().rank > 1 && x.shape().back() == 1) x = reshape(x, x.shape().slice(0, x.shape().rank - 1));
  const Shape given = x.shape();
  if (given.rank == max_rank) return mistake(x, Problem::rank_too_large, given);
  const Symbol hot = expand_dims(x, axis<-1>) == iota(x, given.append(depth), -1);
  if (mode == OutputMode::integer) return argmax(hot, axis<-1>);
  if (mode == OutputMode::one_hot || given.rank == 1) return hot;
  if (mode == OutputMode::multi_hot) return max(hot, axis<-2>);
  return sum(weights == nullptr ? hot : hot * expand_dims(*weights, axis<-1>), axis<-2>);
}

}  // namespace detail
}  // namespace tenon
