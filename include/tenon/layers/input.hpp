// What goes into a model.
#pragma once

#include <tenon/core/dtype.hpp>
#include <tenon/core/shape.hpp>

namespace tenon {

/// The shape of one sample of an input, without the batch: Input<28, 28, 1>. Follows keras.Input.
template <int... Extents>
struct Input {
  static_assert(((Extents > 0) && ...), "Tenon: the extents of an Input are positive");
  static constexpr Shape shape = tenon::shape(Extents...);
  static constexpr DType dtype = DType::float32;
};

namespace detail {
template <class T>
inline constexpr bool is_input = requires { T::shape; T::dtype; };
}

}  // namespace tenon
