// A chain of layers.
#pragma once

#include <utility>

#include <tenon/layers/input.hpp>
#include <tenon/layers/layer.hpp>

namespace tenon {
namespace detail {

/// One layer of a chain, told from equal ones by its place.
template <std::size_t I, class L>
struct Link {
  L layer;
};
template <std::size_t I, class L> requires(!std::is_class_v<L>)
struct Link<I, L> {};
template <std::size_t I, class L>
constexpr const Link<I, L>& link(const Link<I, L>& l) { return l; }

template <class Indices, class... Layers>
struct Links;
template <std::size_t... I, class... Layers>
struct Links<std::index_sequence<I...>, Layers...> : Link<I, Layers>... {
  /// Calls the layers one after the other. `numbered`: this is the model itself, and messages count its layers.
  constexpr Symbol call(Symbol x, bool numbered) const {
    ((x = step<I>(link<I>(*this), x, numbered)), ...);
    return x;
  }

 private:
  template <std::size_t J, class L>
  static constexpr Symbol step(const Link<J, L>& at, Symbol x, bool numbered) {
    if (numbered) x.trace->top_level = static_cast<int>(J);
    if constexpr (is_input<L>) {
      if (J > 0 && !x.poisoned) return mistake(x, Problem::not_a_layer);
      return x;
    } else {
      if constexpr (layer<L>) {
        auto y = apply(at.layer, x);
        if constexpr (std::is_same_v<decltype(y), Symbol>) return y;
        else return mistake(x, Problem::returns_no_tensor);
      } else {
        return mistake(x, Problem::not_a_layer);
      }
    }
  }
};

}  // namespace detail

/// A chain of layers, each called on what the one before it returns. Follows keras.Sequential.
/// A model starts with its Input and is given a name of its own, which keeps the compiler's messages short:
///
///     struct Net : tn::Sequential<tn::Input<8>, tn::Dense<16, tn::ReLU>, tn::Dense<1>> {};
///
/// Without an Input it is a layer made of layers, and may stand wherever a layer may.
template <class... Layers>
struct Sequential : Layer<Sequential<Layers...>> {
  using Chain = Sequential;
  detail::Links<std::index_sequence_for<Layers...>, Layers...> layers;

  constexpr auto call(auto x) const { return layers.call(x, x.trace->current_layer < 0); }
};

}  // namespace tenon
