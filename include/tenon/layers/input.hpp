// What goes into a model.
#pragma once

#include <tenon/core/dtype.hpp>
#include <tenon/core/shape.hpp>

namespace tenon {

namespace detail {
template <class>
inline constexpr bool input_has_at_most_five_extents = false;
}  // namespace detail

/// The shape of one sample of an input. Follows keras.Input.
/// Extents: those of a sample, without the batch, at most five; none for one number per sample. Refused: extents below 1.
///
///     struct Net : tn::Sequential<tn::Input<28, 28, 1>, tn::Flatten, tn::Dense<10>> {};
template <int... Extents>
struct Input {
  static_assert(sizeof...(Extents) < max_rank || detail::input_has_at_most_five_extents<Input>, "Tenon: a tensor has at most six axes: an Input has at most five extents beside the batch");
  static constexpr Shape shape = [] {
    if constexpr (sizeof...(Extents) < max_rank) return tenon::shape(Extents...);
    else return Shape{};
  }();
  static constexpr DType dtype = DType::float32;
};

/// An input of whole numbers: indices of an Embedding, categories. Follows keras.Input(shape, dtype="int32").
/// Data may be of any type; numbers that are not whole, or that no row of a table is for, throw std::invalid_argument from `fit`, `evaluate` and
/// `predict`. A frame of Inference is of std::int32_t and trusted: an index out of range reads zeros there.
///
///     struct Net : tn::Sequential<tn::IntegerInput<20>, tn::Embedding<1000, 16>, tn::Flatten, tn::Dense<1>> {};
template <int... Extents>
struct IntegerInput : Input<Extents...> {
  static constexpr DType dtype = DType::int32;
};

namespace detail {
template <class T>
inline constexpr bool is_input = requires { T::shape; T::dtype; };
}

}  // namespace tenon
