// What an optimizer's update is traced for: all parameters at once, one variable, or one shape; and what it remembers of them.
#pragma once

#include <tenon/model/parameters.hpp>
#include <tenon/model/sources.hpp>
#include <tenon/optimizers/with.hpp>

namespace tenon::detail {

/// True of an update that adds up over its variable: some value of its graph is one for all parameters, made of one for each.
template <class Source>
inline constexpr bool adds_up = [] {
  const auto& graph = Traced<Source>::graph;
  for (const Node& v : graph.nodes) {
    if (v.op == Op::batch) return true;
    for (int i = 0; i < v.inputs(); ++i)
      if (graph.nodes[v.in[i]].shape.batched() && !v.shape.batched()) return true;
  }
  return false;
}();
template <class Source>
inline constexpr bool asks_for_global_norm = [] {
  for (const Port& argument : Traced<Source>::graph.arguments)
    if (argument.role == Role::gradient && argument.index == 1) return true;
  return false;
}();

/// How many numbers a program keeps in a slot (in all of them where none is named), padded as weights are.
template <class Source>
constexpr long slot_extent(const char* name = nullptr) {
  long extent = 0;
  for (int k = 0; k < Traced<Source>::sizes.weights; ++k) {
    const Weight& slot = Traced<Source>::records.weights[k];
    if (name == nullptr || same_text(slot.name, name)) extent += (slot.shape.elements() + parameter_alignment - 1) / parameter_alignment * parameter_alignment;
  }
  return extent;
}

/// What an optimizer that needs shapes is traced for: a shape, and whether it is that of the weight "embeddings" of a layer.
struct VariableKind {
  Shape shape;
  bool embeddings = false;
  constexpr bool operator==(const VariableKind&) const = default;
};
constexpr VariableKind variable_kind(const Parameter& p) { return {p.shape, same_text(p.name, "embeddings")}; }
template <class Optimizer, class Shapes, int K, bool Plain = false>
using UpdateOf = Update<Optimizer, Plain, Shapes::list.items[K].shape, Shapes::list.items[K].embeddings>;

/// The shapes of a model's trainable weights, each once, for an optimizer that is traced for each of them.
template <class Net>
struct ShapesOf {
  static constexpr auto& table = parameters_of<Net>;
  static constexpr int room = table.count;
  struct List {
    VariableKind items[detail::room(room)];
    int count = 0;
  };
  static constexpr List list = [] {
    List all{};
    for (int i = 0; i < table.count; ++i) {
      bool known = !table.items[i].trainable;
      for (int k = 0; k < all.count; ++k) known = known || all.items[k] == variable_kind(table.items[i]);
      if (!known) all.items[all.count++] = variable_kind(table.items[i]);
    }
    return all;
  }();
};
/// Of all other optimizers: none, so that models share the code.
struct AnyShapes {};
template <class Optimizer, class Net>
using ShapesFor = std::conditional_t<needs_shape<Optimizer>, ShapesOf<Net>, AnyShapes>;

/// How many numbers an optimizer as it is by default remembers of a model.
template <class Optimizer, class Net>
constexpr long slots_by_default() {
  constexpr auto& table = parameters_of<Net>;
  const long accumulated = accumulates<Optimizer> ? table.trainable_extent : 0;
  if constexpr (needs_shape<Optimizer>) {
    using Shapes = ShapesOf<Net>;
    long all = accumulated;
    for (int i = 0; i < table.count; ++i)
      if (table.items[i].trainable)
        [&]<int... K>(std::integer_sequence<int, K...>) {
          ((all += Shapes::list.items[K] == variable_kind(table.items[i]) ? slot_extent<UpdateOf<Optimizer, Shapes, K>>() : 0), ...);
        }(std::make_integer_sequence<int, Shapes::list.count>{});
    return all;
  } else if constexpr (has_plain_update<Optimizer>) {
    if (Optimizer{}.plain()) return Traced<Update<Optimizer, true>>::sizes.weights * table.trainable_extent + accumulated;
    return Traced<Update<Optimizer>>::sizes.weights * table.trainable_extent + accumulated;
  } else {
    return Traced<Update<Optimizer>>::sizes.weights * table.trainable_extent + accumulated;
  }
}

}  // namespace tenon::detail
