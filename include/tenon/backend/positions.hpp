// Positions in tensors, and what a window sees from one: for naive loops.
#pragma once

#include <cstddef>
#include <vector>

#include <tenon/graph/node.hpp>

namespace tenon::reference {

/// A position in a tensor: counts through a shape, last axis fastest.
struct Position {
  long at[max_rank]{};
  constexpr bool next(const Shape& s) {
    for (int i = s.rank - 1; i >= 0; --i) {
      if (++at[i] < s.extent[i]) return true;
      at[i] = 0;
    }
    return false;
  }
  /// The offset of this position in a tensor that may have fewer axes (aligned at the end) or axes of extent 1.
  constexpr long offset(const Shape& s, int rank) const {
    long o = 0;
    for (int i = 0; i < s.rank; ++i) o = o * s.extent[i] + (s.extent[i] == 1 ? 0 : at[i + rank - s.rank]);
    return o;
  }
};

/// Calls f(x, k, o) with the offsets of every product that a convolution adds: o += x * k.
template <class F>
void each_product(const Shape& x, const Shape& k, const Shape& o, const Window& w, F f) {
  const long group_in = k[-2], group_out = k[-1] / w.groups;
  Position p;
  do {
    const long group = p.at[o.rank - 1] / group_out;
    Position q;
    Shape taps = k;
    taps[-1] = 1;
    do {
      Position r;
      bool inside = true;
      r.at[0] = p.at[0];
      for (int i = 1; i + 1 < o.rank; ++i) {
        r.at[i] = p.at[i] * w.stride[i] - w.low[i] + q.at[i - 1] * w.dilation[i];
        inside = inside && r.at[i] >= 0 && r.at[i] < x.extent[i];
      }
      if (!inside) continue;
      r.at[o.rank - 1] = group * group_in + q.at[k.rank - 2];
      Position tap = q;
      tap.at[k.rank - 1] = p.at[o.rank - 1];
      f(r.offset(x, x.rank), tap.offset(k, k.rank), p.offset(o, o.rank));
    } while (q.next(taps));
  } while (p.next(o));
}

/// Calls f(offset) for every element of x under the window at position p of the pooled tensor.
template <class F>
void each_in_window(const Shape& x, const Position& p, const Window& w, F f) {
  Shape size = x;
  for (int i = 0; i < x.rank; ++i) size.extent[i] = i > 0 && i + 1 < x.rank ? w.size[i] : 1;
  Position q;
  do {
    Position r = p;
    bool inside = true;
    for (int i = 1; i + 1 < x.rank; ++i) {
      r.at[i] = p.at[i] * w.stride[i] - w.low[i] + q.at[i];
      inside = inside && r.at[i] >= 0 && r.at[i] < x.extent[i];
    }
    if (inside) f(r.offset(x, x.rank));
  } while (q.next(size));
}

/// The offset of the first largest element under the window, or of the first NaN.
template <class T>
long position_of_largest(const std::vector<T>& a, const Shape& shape, const Position& p, const Window& w) {
  const auto at = [&](long i) { return a[static_cast<std::size_t>(i)]; };
  long best = -1;
  each_in_window(shape, p, w, [&](long i) { if (best < 0 || at(i) > at(best) || (at(i) != at(i) && at(best) == at(best))) best = i; });
  return best;
}

}  // namespace tenon::reference
