// Numbers that may grow with the batch.
#pragma once

#include <tenon/core/shape.hpp>

namespace tenon {

/// n, or n times the number of samples of the call.
struct Extent {
  long n = 0;
  bool batched = false;

  constexpr long at(long batch) const { return batched ? n * batch : n; }
  constexpr bool operator==(const Extent&) const = default;
};
constexpr Extent operator*(Extent a, Extent b) { return {a.n * b.n, a.batched || b.batched}; }
constexpr Extent operator*(Extent a, long k) { return {a.n * k, a.batched}; }

/// The extent of one axis, and the product of several.
constexpr Extent extent_of(const Shape& s, int axis) { return s.extent[axis] < 0 ? Extent{-s.extent[axis], true} : Extent{s.extent[axis], false}; }
constexpr Extent elements(const Shape& s, int first, int last) {
  Extent e{1, false};
  for (int i = first; i < last; ++i) e = e * extent_of(s, i);
  return e;
}
constexpr Extent elements(const Shape& s) { return elements(s, 0, s.rank); }

}  // namespace tenon
