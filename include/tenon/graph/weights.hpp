// How a layer asks for its weights, and a loss, metric or optimizer for its numbers.
#pragma once

#include <tenon/graph/elementwise.hpp>
#include <tenon/graph/refuse.hpp>

namespace tenon {
namespace detail {

template <class Initializer>
void initialize(std::span<float> values, const Shape& shape, Random& random) {
  Initializer{}(values, shape, random);
}
/// A constraint among the regularizers of a weight.
template <class C>
struct ConstrainedBy {
  static constexpr bool is_constraint = true;
};
template <class Part>
constexpr Symbol check_weight_part(Symbol x, const Part&) { return check_numbers<Part>(x); }
template <class C>
constexpr Symbol check_weight_part(Symbol x, const ConstrainedBy<C>&) { return check_numbers<C>(x); }
template <class Part>
constexpr void add_weight_part(Symbol w, const Part& regularizer) { w.add_loss(regularizer.call(w)); }
/// Calls the constraint here already, so that what is wrong with it is said of this layer.
template <class C>
constexpr void add_weight_part(Symbol w, const ConstrainedBy<C>&) {
  const Symbol next = C{}.call(w);
  if (w.poisoned || next.poisoned) return;
  if (!(next.shape() == w.shape())) return w.trace->report(Problem::update_changes_shape, next.shape(), w.shape());
  Weight& weight = w.trace->weights[w.weight_index];
  weight.constrained = true;
  weight.constrain = [](Symbol value) -> Symbol { return C{}.call(value); };
}
/// A weight as it is now: after an update the new value.
constexpr Symbol current_value(Trace& t, int weight) {
  for (const Port& u : t.updates)
    if (u.index == weight) return {&t, 0, u.node, false, weight};
  return {&t, 0, t.weights[weight].node, false, weight};
}
constexpr Symbol find_or_add_weight(Symbol x, const Weight& wanted) {
  Trace& t = *x.trace;
  if (!x.poisoned && t.per_parameter && wanted.shape.rank > 0 && !(wanted.shape == shape(dynamic))) return mistake(x, Problem::slot_is_not_per_parameter, wanted.shape);
  if (!x.poisoned && !t.per_parameter && wanted.shape.batched()) return mistake(x, Problem::weight_has_the_batch, wanted.shape);
  if (!x.poisoned && wanted.shape.elements() == 0) return mistake(x, Problem::weight_is_empty, wanted.shape);
  if (!x.poisoned && t.in_activation) return mistake(x, Problem::weight_of_a_temporary_layer, wanted.shape);
  if (!x.poisoned && wanted.shape.elements() > max_elements) return mistake(x, Problem::too_large, wanted.shape);
  for (int i = t.current_layer; i >= 0 && !x.poisoned; i = t.layers[i].parent)
    if (t.layers[i].temporary) return mistake(x, Problem::weight_of_a_temporary_layer, wanted.shape);
  for (int i = 0; i < t.weights.size(); ++i)
    if (t.weights[i].layer == wanted.layer && same_text(t.weights[i].name, wanted.name)) {
      const Weight& known = t.weights[i];
      Symbol found = current_value(t, i);
      found.poisoned = x.poisoned;
      if (!x.poisoned && !(known.shape == wanted.shape)) return mistake(found, Problem::weight_redefined, wanted.shape, known.shape);
      if (!x.poisoned && (known.initialize != wanted.initialize || known.trainable != wanted.trainable)) return mistake(found, Problem::weight_redefined);
      return found;
    }
  Weight w = wanted;
  const int index = t.weights.size();
  w.node = t.argument(Role::weight, index, w.shape);
  t.weights.push_back(w);
  return {x.trace, 0, w.node, x.poisoned, index};
}
/// A number that this function reads from the owner under trace before each step.
template <auto Which>
constexpr Symbol hyperparameter(Symbol x, float (*read)(const void* owner)) {
  Trace& t = *x.trace;
  const int known = t.hyperparameters.size(), index = t.hyperparameters.find_or_add({read, t.owner, value_text<Which>()});
  if (index == known) return {x.trace, 0, t.argument(Role::hyperparameter, index, Shape{}), x.poisoned};
  for (const Port& argument : t.root().arguments)
    if (argument.role == Role::hyperparameter && argument.index == index) return {x.trace, 0, argument.node, x.poisoned};
  return x;
}

}  // namespace detail

/// Given to x.weight(…) behind the initializer: the weight becomes constraint.call(w) after each step of training.
///
///     const auto w = x.weight("kernel", shape, tn::GlorotUniform{}, tn::constrained_by(tn::NonNeg{}));
template <class Constraint>
constexpr detail::ConstrainedBy<Constraint> constrained_by(Constraint) { return {}; }

template <class Initializer, class... Regularizers>
constexpr Symbol Symbol::weight(const char* name, const Shape& shape, Initializer, Regularizers... regularizers) const {
  const int known = trace->weights.size();
  Symbol x = detail::check_numbers<Initializer>(*this);
  ((x = detail::check_weight_part(x, regularizers)), ...);
  const Symbol w = detail::find_or_add_weight(x, {name, shape, &detail::initialize<Initializer>, !trace->frozen, trace->current_layer, -1});
  if (trace->weights.size() > known && !trace->frozen) (detail::add_weight_part(w, regularizers), ...);
  if (trace->replace_kernel != nullptr && !w.poisoned && (detail::same_text(name, "kernel") || detail::same_text(name, "embeddings"))) return trace->replace_kernel(w);
  return w;
}

template <class Initializer>
constexpr Symbol Symbol::state(const char* name, const Shape& shape, Initializer) const {
  Weight w{name, shape, &detail::initialize<Initializer>, false, trace->current_layer, -1};
  if constexpr (requires { &Initializer::adapt; }) {
    w.adapt = &Initializer::adapt;
    if (node().op == Op::argument && trace->root().arguments[node().axis].role == Role::input) w.input = trace->root().arguments[node().axis].index;
  }
  return detail::find_or_add_weight(detail::check_numbers<Initializer>(*this), w);
}

constexpr void Symbol::add_loss(Symbol scalar) const {
  if (scalar.poisoned) return;
  if (scalar.shape().batched() || scalar.shape().elements() != 1) return trace->report(Problem::added_loss_is_no_scalar, scalar.shape());
  trace->extra_losses.push_back(scalar.shape().rank == 0 ? scalar.id : detail::emit(scalar, {.op = Op::reshape, .in = {scalar.id, -1, -1}}).id);
}

constexpr void Symbol::update(Symbol state, Symbol next) const {
  if (next.poisoned || state.poisoned) return;
  if (!(state.shape() == next.shape())) return trace->report(Problem::update_changes_shape, next.shape(), state.shape());
  const int i = state.weight_index;
  if (i < 0) return trace->report(Problem::update_of_no_state, state.shape());
  if (detail::current_value(*trace, i).id != state.id) return trace->report(Problem::update_of_an_old_value, state.shape());
  for (Port& u : trace->updates)
    if (u.index == i) return static_cast<void>(u.node = next.id);
  trace->updates.push_back({Role::update, next.id, i});
}

/// A number of the loss, metric or optimizer under trace, as a scalar: read from the object before each step, so that it may
/// change during training. Works for float, int and bool members, of its type or of the base that it begins with. Anything else is
/// refused: a layer has its numbers as template arguments, and who uses the `call` of another metric derives from it.
///
///     struct Huber { float delta = 1; constexpr auto call(auto y_true, auto y_pred) const { auto d = tn::parameter<&Huber::delta>(y_pred); … } };
template <auto Member>
constexpr Symbol parameter(Symbol x) {
  constexpr auto owner_of = []<class Owner, class T>(T Owner::*) -> Owner* { return nullptr; };
  using Owner = std::remove_pointer_t<decltype(owner_of(Member))>;
  if (x.trace->object == nullptr || !x.trace->object->template is<Owner>()) {
    const Symbol none = constant(x, 0);
    return x.poisoned ? none : detail::mistake(none, Problem::number_of_another_object);
  }
  return detail::hyperparameter<Member>(x, [](const void* owner) { return static_cast<float>(static_cast<const Owner*>(owner)->*Member); });
}

}  // namespace tenon
