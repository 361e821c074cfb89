// What an optimizer is.
#pragma once

#include <tenon/graph/elementwise.hpp>
#include <tenon/graph/weights.hpp>
#include <tenon/initializers/constant.hpp>
#include <tenon/optimizers/learning_rate.hpp>

namespace tenon {

/// An optimizer is an aggregate of numbers with a constexpr member `update(w, g)`: from a parameter and its gradient it
/// returns the new parameter. Symbols stand for one parameter each; what it remembers is a state of w, its numbers are
/// read by `parameter`, and the number of the step (from 1) by `iteration`. Its member `learning_rate` is a float, or a
/// LearningRate, which may be a schedule, too.
///
/// An update may add up over its variable: sum(square(g)), mean(g). It is then run for each variable by itself, else once for all.
/// One that has to know its variable's shape says `static constexpr bool needs_shape = true;` and is traced for each shape there is.
///
///     struct SignDescent {
///       float learning_rate = 0.01f;
///       static constexpr auto update(auto w, auto g) { return w - tn::parameter<&SignDescent::learning_rate>(w) * sign(g); }
///     };
template <class O>
concept optimizer = requires(const O& o, Symbol w, Symbol g) { { o.update(w, g) } -> std::same_as<Symbol>; };

/// An optimizer that may have less to do: where `plain()` says that its numbers are such, plain_update gives what update would, and
/// remembers less. What it remembers is what comes first in update.
template <class O>
concept has_plain_update = optimizer<O> && requires(const O& o, Symbol w, Symbol g) {
  { o.plain() } -> std::same_as<bool>;
  { o.plain_update(w, g) } -> std::same_as<Symbol>;
};

/// An optimizer whose update depends on the shape of the variable: w and g have that, and what it keeps may have any.
template <class O>
concept needs_shape = optimizer<O> && requires { requires O::needs_shape; };

/// Whether the variable is the weight "embeddings" of a layer, for an optimizer that needs shapes.
constexpr bool is_embeddings(Symbol w) { return w.trace->of_embeddings; }

/// A number that the optimizer keeps for every parameter, zero at first.
constexpr Symbol slot(Symbol w, const char* name) { return w.state(name, w.shape(), Zeros{}); }

/// A number that the optimizer keeps for all parameters that it updates at once, zero at first.
constexpr Symbol scalar_slot(Symbol w, const char* name) { return w.state(name, Shape{}, Zeros{}); }

/// Gives a state its next value, and returns that.
constexpr Symbol assign(Symbol state, Symbol next) {
  state.update(state, next);
  return next;
}

/// The number of the training step, from 1.
constexpr Symbol iteration(Symbol w) {
  for (const Port& argument : w.home().arguments)
    if (argument.role == Role::iteration) return {w.trace, 0, argument.node, false};
  return {w.trace, 0, w.trace->argument(Role::iteration, 0, Shape{}), false};
}

/// What a slot holds; in the first step `initial`.
constexpr Symbol starting_from(Symbol initial, Symbol slot) { return select(iteration(slot) <= 1, initial, slot); }

/// The sum of the squares of all gradients of the model.
constexpr Symbol squared_global_norm(Symbol g) {
  for (const Port& argument : g.home().arguments)
    if (argument.role == Role::gradient && argument.index == 1) return {g.trace, 0, argument.node, false};
  return {g.trace, 0, g.trace->argument(Role::gradient, 1, Shape{}), false};
}

}  // namespace tenon
