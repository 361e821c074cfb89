// Axes as template arguments: mean(x, axis<-1>).
#pragma once

#include <tenon/graph/symbol.hpp>

namespace tenon {

/// A set of axes, or one; negative ones count from the end.
template <int... Values>
struct Axis {};
template <int... Values>
inline constexpr Axis<Values...> axis{};

/// Tells a reduction to leave the reduced axes in place with extent 1.
struct KeepDims {};
inline constexpr KeepDims keep_dims{};

namespace detail {

/// The axis counted from the front, or -1 if there is none.
constexpr int normalized_axis(int axis, int rank) {
  if (axis < 0) axis += rank;
  return axis >= 0 && axis < rank ? axis : -1;
}
/// A set of axes as bits; reports axes that x does not have.
constexpr int axis_bits(Symbol& x, std::initializer_list<int> axes) {
  int bits = 0;
  for (const int axis : axes) {
    const int a = normalized_axis(axis, x.shape().rank);
    if (a < 0) {
      if (!x.poisoned) x = mistake(x, Problem::axis_out_of_range, x.shape(), Numbers{tenon::shape(axis)});
      return 0;
    }
    bits |= 1 << a;
  }
  return bits;
}
constexpr Shape without(const Shape& shape, int bits) {
  Shape rest;
  for (int i = 0; i < shape.rank; ++i)
    if (!(bits >> i & 1)) rest.extent[rest.rank++] = shape.extent[i];
  return rest;
}
constexpr Shape with_ones(Shape shape, int bits) {
  for (int i = 0; i < shape.rank; ++i)
    if (bits >> i & 1) shape.extent[i] = 1;
  return shape;
}

}  // namespace detail
}  // namespace tenon
