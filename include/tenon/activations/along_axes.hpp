// A function along the last axis, applied along others.
#pragma once

#include <initializer_list>

#include <tenon/graph/reductions.hpp>

namespace tenon::detail {

/// f of x along these axes together, where f works along the last one: they are moved to the end, made one, and put back.
/// Refused: axes that x does not have; that of the batch.
template <int... Axes>
constexpr Symbol along_axes(Symbol x, Axis<Axes...>, auto f) {
  if (x.poisoned) return x;
  const Shape given = x.shape();
  const int bits = axis_bits(x, {Axes...});
  for (int i = 0; i < given.rank; ++i)
    if ((bits >> i & 1) != 0 && given.extent[i] < 0) x = mistake(x, Problem::axis_out_of_range, given, Numbers{shape(Axes...)});
  if (x.poisoned) return x;
  int order[max_rank]{}, inverse[max_rank]{}, at = 0, merged = 1;
  Shape flat;
  for (int last = 0; last < 2; ++last)
    for (int i = 0; i < given.rank; ++i)
      if ((bits >> i & 1) == last) {
        inverse[i] = at;
        order[at++] = i;
        if (last == 1) merged *= given.extent[i];
        else flat = flat.append(given.extent[i]);
      }
  const Symbol moved = transpose(x, order), y = f(reshape(moved, flat.append(merged)));
  return transpose(reshape(y, moved.shape()), inverse);
}

}  // namespace tenon::detail
