// A mistake in a network, as a value that tracing finds and the compiler's message prints.
#pragma once

#include <tenon/core/shape.hpp>

namespace tenon {

/// Every mistake that tracing can find. model/problem_messages.hpp has the text for each, and the first one is reported.
enum class Problem : unsigned char {
  none,
  not_a_layer,
  shapes_cannot_be_broadcast,
  two_batch_axes,
  matmul_sizes_differ,
  kernel_larger_than_image,
  pool_larger_than_image,
  not_an_image,
  groups_do_not_divide,
  shapes_cannot_be_concatenated,
  reshape_changes_size,
  axis_out_of_range,
  slice_out_of_range,
  rank_too_small,
  rank_too_large,
  returns_no_tensor,
  output_has_no_batch,
  weight_redefined,
  indices_are_not_integers,
  labels_do_not_fit_the_loss,
  loss_is_not_per_sample,
  unknown_option,
  option_given_twice,
  option_missing,
  options_contradict,
  value_out_of_range,
  has_no_derivative,
  number_of_another_object,
  update_changes_shape,
  update_of_no_state,
  update_of_an_old_value,
  added_loss_is_no_scalar,
  weight_has_the_batch,
  weight_is_empty,
  weight_of_a_temporary_layer,
  slot_is_not_per_parameter,
  too_large,
};

/// What is wrong with an option, as types: `Reason<Kernel<0, 3>, AtLeast<1>>`. A value cannot hold types, but it can point to the
/// `text` of this class, and compilers print what such a pointer points to with all its template arguments.
template <class... Facts>
struct Reason {
  static constexpr char text = 0;
};
struct Why {
  bool known = false;
  const char* text = &Reason<>::text;
};
/// The type of a layer, in the same way.
template <class L>
struct TypeOf {
  static constexpr char layer = 0;
};
struct Nothing;

/// The first mistake that was made while tracing: what, in which layer, what it got and what it needs (shapes without the batch),
/// or a reason instead of these.
struct Mistake {
  Problem problem{};
  int layer = -1;
  Shape got;
  Shape wanted;
  Why why;
  const char* inside = &TypeOf<Nothing>::layer;  ///< the innermost layer that was called
  const char* inside_type = "";                  ///< its type as text: g++ does not compare such addresses with -fsanitize=undefined
  bool batch = false;                            ///< what does not fit is the batch, which the shapes leave out
};

namespace detail {

/// Numbers in the place of a shape: positions, axes.
struct Numbers {
  Shape values;
};
/// No shape, which is not the shape of a number.
struct NoShape {};
constexpr Shape without_batch(const Shape& shape) { return shape.sample(); }
constexpr Shape without_batch(const Numbers& numbers) { return numbers.values; }
constexpr Shape without_batch(NoShape) { return {-1, {}}; }

/// True if two shapes do not fit because of the batch: what is printed of them looks equal, or has nothing to do with the mistake.
constexpr bool depends_on_the_batch(Problem problem, const Shape& got, const Shape& wanted) {
  if (problem == Problem::matmul_sizes_differ) return got[-1] < 0 || wanted[-2] < 0;
  return !(got == wanted) && got.sample() == wanted.sample();
}
constexpr bool depends_on_the_batch(Problem, const auto&, const auto&) { return false; }

}  // namespace detail

}  // namespace tenon
