// What a layer is, and how one is called.
#pragma once

#include <tenon/core/type_name.hpp>
#include <tenon/graph/weights.hpp>

namespace tenon {

/// A layer is a type with a constexpr member `call` that takes symbols and returns one: what it computes, forward only.
template <class L>
concept layer = std::is_class_v<L> && requires(const L& l, Symbol x) { l.call(x); };

namespace detail {

/// The record of an object at this address as a layer: the same object is the same layer, and so has the same weights.
/// A temporary is a layer of its own and has no address, for that would outlive it.
template <class L, bool Temporary>
constexpr int record_layer(Trace& t, const void* address) {
  for (int i = 0; i < t.layers.size() && !Temporary; ++i)
    if (t.layers[i].address == address && same_text(t.layers[i].type, type_text<L>())) return i;
  LayerRecord record;
  record.address = address;
  record.temporary = Temporary;
  record.type = type_text<L>();
  record.tag = &TypeOf<L>::layer;
  record.name = &snake_case_name<L>;
  record.type_text = &type_name<L>;
  record.parent = t.current_layer;
  return t.layers.push_back(record);
}
/// The outermost layer that returned this value last, or -1.
constexpr int maker_of(const Trace& t, int node) {
  int layer = -1;
  for (const Made& m : t.made)
    if (m.node == node) layer = m.layer;
  return layer;
}
constexpr Trace& trace_of(Symbol first, auto...) { return *first.trace; }

}  // namespace detail

/// Calls a layer on symbols and notes where its weights belong. A member of a model is called with `member(x)` if it derives
/// from Layer (every layer of the library does), and with `tn::apply(member, x)` in any case. A layer without weights need not be
/// a member: `tn::Add{}(x, y)`. Refused: one with weights that is not, for it would have others in each call.
template <class L, class... Symbols>
constexpr auto apply(L&& layer, Symbols... x) {
  const auto& object = layer;
  Trace& t = detail::trace_of(x...);
  constexpr bool temporary = !std::is_lvalue_reference_v<L>;
  const void* address = nullptr;
  if constexpr (!temporary) address = &object;
  const int outer = t.current_layer, here = detail::record_layer<std::remove_cvref_t<L>, temporary>(t, address);
  t.current_layer = here;
  auto y = object.call(x...);
  t.current_layer = outer;
  if constexpr (std::is_same_v<decltype(y), Symbol>) {
    t.layers[here].output = y.shape();
    t.made.push_back(Made{y.id, here});  // nvcc 13 loses the type otherwise
  }
  return y;
}

/// Gives a layer its call operator: `struct Residual : tn::Layer<Residual> { … };` may itself be a member of a larger model.
template <class Derived>
struct Layer {
  constexpr auto operator()(Symbol first, auto... rest) const& { return apply(static_cast<const Derived&>(*this), first, rest...); }
  constexpr auto operator()(Symbol first, auto... rest) const&& { return apply(static_cast<const Derived&&>(*this), first, rest...); }
};

}  // namespace tenon
