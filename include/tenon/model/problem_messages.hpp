// The text of every message about a mistake in a model.
#pragma once

#include <utility>

#include <tenon/graph/mistake.hpp>

namespace tenon {

// What a message is made of: each fact is the argument of a template whose name says what it is. Shapes leave out the batch.
template <int> struct LayerIndex;
template <int...> struct Got;
template <int...> struct Wanted;
struct DependsOnTheBatch;                       // what does not fit is the batch
struct AsLoss;
struct AsMetric;
template <int> struct AsLossOfOutput;
template <int> struct AsMetricOfOutput;
struct AsOptimizer;
template <const char*> struct Because;          // a Reason: the option, and what is wrong with it
template <class, const char*> struct Inside;    // a layer that belongs to a larger one
template <class...> struct ListOf;

namespace detail {

// The sentence that did not hold. g++ prints it as "… evaluates to false", clang as "due to requirement …".
template <class...> inline constexpr bool is_a_model = false;
template <class...> inline constexpr bool starts_with_an_input = false;
template <class...> inline constexpr bool body_can_be_called_with_the_inputs = false;
template <class...> inline constexpr bool is_a_backend = false;
template <class...> inline constexpr bool is_an_optimizer = false;
template <class...> inline constexpr bool is_a_loss = false;
template <class...> inline constexpr bool is_a_metric = false;
template <class...> inline constexpr bool there_is_a_loss_for_each_output = false;
template <class...> inline constexpr bool there_is_a_group_of_metrics_for_each_output = false;
template <class...> inline constexpr bool is_a_layer = false;
template <class...> inline constexpr bool shapes_can_be_broadcast = false;
template <class...> inline constexpr bool there_is_one_axis_for_the_batch = false;
template <class...> inline constexpr bool inner_sizes_of_matmul_are_equal = false;
template <class...> inline constexpr bool image_is_at_least_as_large_as_the_kernel = false;
template <class...> inline constexpr bool image_is_at_least_as_large_as_the_pool = false;
template <class...> inline constexpr bool input_is_an_image = false;
template <class...> inline constexpr bool groups_divide_channels_and_filters = false;
template <class...> inline constexpr bool shapes_can_be_concatenated = false;
template <class...> inline constexpr bool reshape_keeps_the_number_of_elements = false;
template <class...> inline constexpr bool axis_exists = false;
template <class...> inline constexpr bool slice_lies_within_the_axis = false;
template <class...> inline constexpr bool rank_is_large_enough = false;
template <class...> inline constexpr bool rank_is_small_enough = false;
template <class...> inline constexpr bool call_returns_a_tensor = false;
template <class...> inline constexpr bool output_starts_with_the_batch = false;
template <class...> inline constexpr bool weight_is_asked_for_in_one_way = false;
template <class...> inline constexpr bool indices_are_integers = false;
template <class...> inline constexpr bool labels_fit_the_loss = false;
template <class...> inline constexpr bool there_is_one_value_per_sample = false;
template <class...> inline constexpr bool layer_has_this_option = false;
template <class...> inline constexpr bool option_is_given_once = false;
template <class...> inline constexpr bool needed_option_is_given = false;
template <class...> inline constexpr bool options_agree = false;
template <class...> inline constexpr bool value_is_in_range = false;
template <class...> inline constexpr bool update_keeps_the_shape = false;
template <class...> inline constexpr bool operation_has_a_derivative = false;
template <class...> inline constexpr bool number_is_of_the_object_that_is_traced = false;
template <class...> inline constexpr bool update_is_of_a_state = false;
template <class...> inline constexpr bool state_is_read_after_its_last_update = false;
template <class...> inline constexpr bool added_loss_is_a_scalar = false;
template <class...> inline constexpr bool weight_is_the_same_for_all_samples = false;
template <class...> inline constexpr bool weight_has_elements = false;
template <class...> inline constexpr bool layer_with_weights_is_a_member = false;
template <class...> inline constexpr bool slot_has_the_shape_of_the_parameter = false;
template <class...> inline constexpr bool size_is_small_enough = false;

/// The shape of a holder as a type: Got<28, 28, 1>.
template <template <int...> class Name, class Holder, std::size_t... I>
Name<Holder::shape.extent[I]...> spread(std::index_sequence<I...>);
template <template <int...> class Name, class Holder>
using Spread = decltype(spread<Name, Holder>(std::make_index_sequence<static_cast<std::size_t>(Holder::shape.rank)>{}));

// A message is instantiated by `using Said = decltype(sizeof(Message<...>));`: it must be complete, but has no value that goes wrong.
// clang-format off
template <Problem P, class... Facts> struct Message { static_assert(P == Problem::none, "Tenon: this model has a mistake"); };
template <class... F> struct Message<Problem::not_a_layer, F...> { static_assert(is_a_layer<F...>, "Tenon: this argument of Sequential is not a layer; a layer is a type with `constexpr auto call(auto x) const`, and the input comes first; a member of it is called as member(x) where it derives from tn::Layer, and as tn::apply(member, x) in any case"); };
template <class... F> struct Message<Problem::shapes_cannot_be_broadcast, F...> { static_assert(shapes_can_be_broadcast<F...>, "Tenon: tensors of these two shapes are combined element by element; counted from the last axis, extents must be equal or 1"); };
template <class... F> struct Message<Problem::two_batch_axes, F...> { static_assert(there_is_one_axis_for_the_batch<F...>, "Tenon: every sample of the batch would meet every other: two axes of the result are the batch; give the tensors axes that correspond, with expand_dims or reshape"); };
template <class... F> struct Message<Problem::matmul_sizes_differ, F...> { static_assert(inner_sizes_of_matmul_are_equal<F...>, "Tenon: matmul(a, b) needs as many columns in a (the first shape) as rows in b (the second)"); };
template <class... F> struct Message<Problem::kernel_larger_than_image, F...> { static_assert(image_is_at_least_as_large_as_the_kernel<F...>, "Tenon: the kernel is larger than the image; use Same, a smaller kernel, or less pooling before it"); };
template <class... F> struct Message<Problem::pool_larger_than_image, F...> { static_assert(image_is_at_least_as_large_as_the_pool<F...>, "Tenon: the pool is larger than the image; use Same, a smaller pool, or less pooling before it"); };
template <class... F> struct Message<Problem::not_an_image, F...> { static_assert(input_is_an_image<F...>, "Tenon: this layer takes images, (height, width, channels); one whose name ends in 1D takes sequences, (steps, channels), in 3D volumes, (depth, height, width, channels); use Input<h, w, c> or Reshape<h, w, c> before it"); };
template <class... F> struct Message<Problem::groups_do_not_divide, F...> { static_assert(groups_divide_channels_and_filters<F...>, "Tenon: the groups of a convolution divide the channels (last of the first shape) and the filters; wanted are (groups, filters)"); };
template <class... F> struct Message<Problem::shapes_cannot_be_concatenated, F...> { static_assert(shapes_can_be_concatenated<F...>, "Tenon: tensors that are concatenated have equal extents on every axis but that one"); };
template <class... F> struct Message<Problem::reshape_changes_size, F...> { static_assert(reshape_keeps_the_number_of_elements<F...>, "Tenon: reshape needs a shape with the same number of elements"); };
template <class... F> struct Message<Problem::axis_out_of_range, F...> { static_assert(axis_exists<F...>, "Tenon: this axis does not exist, or is that of the batch; axes count from 0, the batch, or backwards from -1"); };
template <class... F> struct Message<Problem::slice_out_of_range, F...> { static_assert(slice_lies_within_the_axis<F...>, "Tenon: a slice or split does not fit the extent of its axis"); };
template <class... F> struct Message<Problem::rank_too_small, F...> { static_assert(rank_is_large_enough<F...>, "Tenon: this tensor has too few axes here; Input<n> gives one beside the batch"); };
template <class... F> struct Message<Problem::rank_too_large, F...> { static_assert(rank_is_small_enough<F...>, "Tenon: a tensor has at most six axes, the batch included"); };
template <class... F> struct Message<Problem::returns_no_tensor, F...> { static_assert(call_returns_a_tensor<F...>, "Tenon: `call` must return a tensor (a model also tn::outputs(a, b))"); };
template <class... F> struct Message<Problem::output_has_no_batch, F...> { static_assert(output_starts_with_the_batch<F...>, "Tenon: the first axis of an output is the batch; it was reduced or moved"); };
template <class... F> struct Message<Problem::weight_redefined, F...> { static_assert(weight_is_asked_for_in_one_way<F...>, "Tenon: one weight is asked for with two shapes, with two initializers, or as a weight and as a state; a shared layer is called with inputs of one shape, and names within a layer differ"); };
template <class... F> struct Message<Problem::indices_are_not_integers, F...> { static_assert(indices_are_integers<F...>, "Tenon: gather, one_hot, Embedding and CategoryEncoding need integers; an input of them is IntegerInput<extents...>"); };
template <class... F> struct Message<Problem::labels_do_not_fit_the_loss, F...> { static_assert(labels_fit_the_loss<F...>, "Tenon: this loss or metric cannot compare the model's output with such labels"); };
template <class... F> struct Message<Problem::loss_is_not_per_sample, F...> { static_assert(there_is_one_value_per_sample<F...>, "Tenon: a loss or metric returns one value for each sample: reduce over the last axes, not over the batch"); };
template <class... F> struct Message<Problem::unknown_option, F...> { static_assert(layer_has_this_option<F...>, "Tenon: this layer has no such option; behind it stand those that it takes"); };
template <class... F> struct Message<Problem::option_given_twice, F...> { static_assert(option_is_given_once<F...>, "Tenon: this layer is given two options that set the same thing"); };
template <class... F> struct Message<Problem::option_missing, F...> { static_assert(needed_option_is_given<F...>, "Tenon: this layer needs an option that is not there; an example of it is given"); };
template <class... F> struct Message<Problem::options_contradict, F...> { static_assert(options_agree<F...>, "Tenon: these two options exclude each other; leave one of them out"); };
template <class... F> struct Message<Problem::value_out_of_range, F...> { static_assert(value_is_in_range<F...>, "Tenon: this layer, option or operation cannot have this value; behind it stands what it needs"); };
template <class... F> struct Message<Problem::update_changes_shape, F...> { static_assert(update_keeps_the_shape<F...>, "Tenon: the next value of a state, or of the parameter of an optimizer, has the shape that it had before"); };
template <class... F> struct Message<Problem::has_no_derivative, F...> { static_assert(operation_has_a_derivative<F...>, "Tenon: the loss depends on a weight through an operation that has no derivative; if that is meant, write stop_gradient(x)"); };
template <class... F> struct Message<Problem::number_of_another_object, F...> { static_assert(number_is_of_the_object_that_is_traced<F...>, "Tenon: parameter<&T::number> reads the loss, metric or optimizer that compile is given; that is no T here. To use the call of another one, derive from it; a layer has its numbers as template arguments"); };
template <class... F> struct Message<Problem::update_of_no_state, F...> { static_assert(update_is_of_a_state<F...>, "Tenon: x.update(state, next) changes what x.state(...) returned"); };
template <class... F> struct Message<Problem::update_of_an_old_value, F...> { static_assert(state_is_read_after_its_last_update<F...>, "Tenon: this state was updated since it was read, and that update would be lost; read it again with x.state(...)"); };
template <class... F> struct Message<Problem::added_loss_is_no_scalar, F...> { static_assert(added_loss_is_a_scalar<F...>, "Tenon: add_loss takes one number; reduce the tensor, as in x.add_loss(sum(square(x)))"); };
template <class... F> struct Message<Problem::weight_has_the_batch, F...> { static_assert(weight_is_the_same_for_all_samples<F...>, "Tenon: the shape of a weight does not contain the batch; use x.shape().sample() or x.shape().back()"); };
template <class... F> struct Message<Problem::weight_is_empty, F...> { static_assert(weight_has_elements<F...>, "Tenon: every extent of a weight is at least 1"); };
template <class... F> struct Message<Problem::weight_of_a_temporary_layer, F...> { static_assert(layer_with_weights_is_a_member<F...>, "Tenon: a layer with weights is a member of the model or layer that calls it, so that each call finds the same weights; only one without may be made where it is called, as in tn::Add{}(x, y)"); };
template <class... F> struct Message<Problem::slot_is_not_per_parameter, F...> { static_assert(slot_has_the_shape_of_the_parameter<F...>, "Tenon: what an optimizer keeps has the shape of its parameter, or is one number; use slot(w, name), or scalar_slot(w, name)"); };
template <class... F> struct Message<Problem::too_large, F...> { static_assert(size_is_small_enough<F...>, "Tenon: a tensor has at most 2147483647 elements for each sample, and a window spans and steps over at most 268435456"); };
// clang-format on

}  // namespace detail
}  // namespace tenon
