// An optimizer and what happens before and after its update.
#pragma once

#include <vector>

#include <tenon/graph/weights.hpp>
#include <tenon/optimizers/concept.hpp>

namespace tenon {

namespace detail {

template <class M>
concept modifies_gradient = requires(Symbol w) { { M::gradient(w, w) } -> std::same_as<Symbol>; };
template <class M>
concept acts_before = requires(Symbol w) { { M::before(w, w) } -> std::same_as<Symbol>; };
template <class M>
concept acts_after = requires(Symbol w) { { M::after(w) } -> std::same_as<Symbol>; };

/// Makes a part of an optimizer the object whose numbers are read, while it lives.
template <class Part>
class ReadFrom {
 public:
  constexpr ReadFrom(Trace& t, int owner) : trace_(t), outer_(t.object) { t.object = &part_, t.owner = owner; }
  constexpr ~ReadFrom() { trace_.object = outer_, trace_.owner = 0; }
  ReadFrom(const ReadFrom&) = delete;

 private:
  Trace& trace_;
  const Owner* outer_;
  OwnerOf<Part> part_;
};

}  // namespace detail

/// What `with` returns: the optimizer, whose numbers are members of it, and so are those of the modifiers.
template <class Optimizer, class... Modifiers>
struct With : Optimizer, Modifiers... {
  static constexpr Symbol update(Symbol w, Symbol g) {
    return around(w, g, [](Symbol u, Symbol h) { return Optimizer{}.update(u, h); });
  }
  constexpr bool plain() const requires has_plain_update<Optimizer> { return Optimizer::plain(); }
  static constexpr Symbol plain_update(Symbol w, Symbol g) requires has_plain_update<Optimizer> {
    return around(w, g, [](Symbol u, Symbol h) { return Optimizer{}.plain_update(u, h); });
  }
  /// What happens in a step that only adds to the accumulated gradient.
  static constexpr Symbol between(Symbol w) requires(detail::acts_after<Modifiers> || ...) { return after(w); }

  /// Whose numbers `parameter` reads: the optimizer's, and those of each modifier.
  std::vector<const void*> owners() const { return {static_cast<const Optimizer*>(this), static_cast<const Modifiers*>(this)...}; }
  /// The same for a variable with what excludes it as it is by default: without effect.
  std::vector<const void*> owners_without(const char* variable) const { return {static_cast<const Optimizer*>(this), unless_excluded<Modifiers>(variable)...}; }

 private:
  template <class M>
  const void* unless_excluded(const char* variable) const {
    static const M without_effect{};
    const M* const modifier = this;
    if constexpr (requires { modifier->excludes(variable); })
      if (modifier->excludes(variable)) return &without_effect;
    return modifier;
  }
  static constexpr Symbol around(Symbol w, Symbol g, auto step) {
    Trace& t = *w.trace;
    int owner = 0;
    ([&] {
      ++owner;
      if constexpr (detail::modifies_gradient<Modifiers>) {
        const detail::ReadFrom<Modifiers> numbers(t, owner);
        g = Modifiers::gradient(w, g);
      }
    }(), ...);
    owner = 0;
    ([&] {
      ++owner;
      if constexpr (detail::acts_before<Modifiers>) {
        const Symbol rate = [&] {
          const detail::ReadFrom<Optimizer> numbers(t, 0);
          return parameter<&Optimizer::learning_rate>(w);
        }();
        const detail::ReadFrom<Modifiers> numbers(t, owner);
        w = Modifiers::before(w, rate);
      }
    }(), ...);
    const detail::ReadFrom<Optimizer> numbers(t, 0);
    return after(step(w, g));
  }
  static constexpr Symbol after(Symbol w) {
    int owner = 0;
    ([&] {
      ++owner;
      if constexpr (detail::acts_after<Modifiers>) {
        const detail::ReadFrom<Modifiers> numbers(*w.trace, owner);
        w = Modifiers::after(w);
      }
    }(), ...);
    return w;
  }
};

namespace detail {

/// The slot of the moving averages of the weights.
inline constexpr const char* average_name = "average";

template <class O>
concept accumulates = requires(const O& o) { { o.gradient_accumulation_steps } -> std::convertible_to<long>; };
/// Some of what happens before an update may be left out for some variables.
template <class O>
concept may_exclude = requires(const O& o) { o.excludes_any(); };
template <class O>
concept acts_between = requires(Symbol w) { O::between(w); };

template <class O>
std::vector<const void*> owners_of(const O& optimizer) {
  if constexpr (requires { optimizer.owners(); }) return optimizer.owners();
  else return {&optimizer};
}

template <class M>
concept modifier = modifies_gradient<M> || acts_before<M> || acts_after<M> || accumulates<M>;
template <class M>
concept clips = requires { M::clips; };

template <class... Modifiers>
inline constexpr bool each_is_a_modifier = (modifier<Modifiers> && ...);
template <class M, class... All>
inline constexpr int times_given = (0 + ... + std::is_same_v<M, All>);
template <class... Modifiers>
inline constexpr bool each_modifier_is_given_once = (true && ... && (times_given<Modifiers, Modifiers...> == 1));
template <class... Modifiers>
inline constexpr bool gradients_are_clipped_in_one_way = (0 + ... + clips<Modifiers>) <= 1;
template <class O, class... Modifiers>
inline constexpr bool weights_decay_once = !(requires { &O::weight_decay; } && (requires { &Modifiers::weight_decay; } || ...));
template <class O, class... Modifiers>
inline constexpr bool has_the_learning_rate_that_modifiers_read = requires { &O::learning_rate; } || !(acts_before<Modifiers> || ...);

}  // namespace detail

/// An optimizer with modifiers: what keras.optimizers.Optimizer can do for each of them. The order of the list does not matter. In each step, as in Keras:
/// gradients are accumulated (GradientAccumulation), clipped (ClipNorm, ClipValue or GlobalClipNorm), weights decay (WeightDecay), the
/// optimizer takes its step, and weights are averaged (ExponentialMovingAverage). Then come the constraints of weights.
///
/// A modifier of one's own is an aggregate of numbers with one or more static functions of symbols, written for one parameter as an update is:
/// `gradient(w, g)` returns another gradient, `before(w, learning_rate)` another parameter before the update, `after(w)` one after it.
///
/// Does not compile: a modifier twice, two ways of clipping, WeightDecay with an optimizer that has a weight_decay.
///
///     auto model = tn::compile<Net>(tn::with(tn::Adam{.learning_rate = 1e-4f}, tn::ClipNorm{1.f}, tn::WeightDecay{0.004f}), tn::MeanSquaredError{});
///     model.optimizer().clipnorm = 0.5f;
template <class Optimizer, class... Modifiers>
constexpr auto with(const Optimizer& optimizer, const Modifiers&... modifiers) {
  static_assert(tenon::optimizer<Optimizer>, "Tenon: the first argument of with is an optimizer, as in with(tn::Adam{}, tn::ClipNorm{1.f})");
  static_assert(detail::each_is_a_modifier<Modifiers...>, "Tenon: the arguments of with after the optimizer are modifiers: ClipNorm, ClipValue, GlobalClipNorm, WeightDecay, ExponentialMovingAverage, GradientAccumulation, or one of your own");
  static_assert(detail::each_modifier_is_given_once<Modifiers...>, "Tenon: with takes each modifier once");
  static_assert(detail::gradients_are_clipped_in_one_way<Modifiers...>, "Tenon: with takes one of ClipNorm, ClipValue and GlobalClipNorm");
  static_assert(detail::weights_decay_once<Optimizer, Modifiers...>, "Tenon: this optimizer has a weight_decay of its own; leave WeightDecay out");
  static_assert(detail::has_the_learning_rate_that_modifiers_read<Optimizer, Modifiers...>, "Tenon: WeightDecay reads the optimizer's learning_rate, and it has none");
  if constexpr (detail::each_modifier_is_given_once<Modifiers...>) return With<Optimizer, Modifiers...>{optimizer, modifiers...};
  else return optimizer;
}

}  // namespace tenon
