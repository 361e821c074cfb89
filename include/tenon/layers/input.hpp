// What goes into a model.
#pragma once

#include <tenon/core/dtype.hpp>
#include <tenon/core/shape.hpp>

namespace tenon {

/// The shape of one sample of an input. Follows keras.Input.
/// Extents: those of a sample, without the batch, all positive; none for one number per sample.
///
///     struct Net : tn::Sequential<tn::Input<28, 28, 1>, tn::Flatten, tn::Dense<10>> {};
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
