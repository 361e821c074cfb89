// Turns the first mistake in a model into one message of the compiler.
#pragma once

#include <tuple>

#include <tenon/backend/concept.hpp>
#include <tenon/graph/frozen.hpp>
#include <tenon/model/problem_messages.hpp>
#include <tenon/model/sources.hpp>

namespace tenon {
namespace detail {

template <class Net>
concept model = requires { typename Net::Chain; };

template <class Chain>
inline constexpr bool is_graph_chain = false;
template <class Body, class... Inputs>
inline constexpr bool is_graph_chain<Graph<Body, Inputs...>> = true;
template <class Net>
inline constexpr bool is_graph = is_graph_chain<typename Net::Chain>;

// ---- before tracing: is there anything to trace? ---------------------------------------------------------------------

template <class Net>
struct RefuseNet {
  static_assert(is_a_model<Net>, "Tenon: this is not a model; derive it from Sequential or Graph, as in struct Net : tn::Sequential<tn::Input<8>, tn::Dense<1>> {};");
};
template <class Net, class First>
struct RefuseInput {
  static_assert(starts_with_an_input<Net, First>, "Tenon: a model starts with its input; write Input<extents...> as the first argument");
};
template <class Net, class Body, class... Inputs>
struct RefuseBody {
  static_assert(body_can_be_called_with_the_inputs<Net, Body, Inputs...>, "Tenon: the body of a Graph needs `constexpr auto call(auto a, auto b, ...) const` with one parameter for each Input; a member that is a layer of your own is called as member(x) where it derives from tn::Layer, as in struct Mine : tn::Layer<Mine>, and as tn::apply(member, x) in any case");
};

template <class>
using AsSymbol = Symbol;
template <class Body, class... Inputs>
concept callable_with = requires(const Body& body, AsSymbol<Inputs>... x) { body.call(x...); };

constexpr bool are_positive(const Shape& shape) {
  for (int i = 0; i < shape.rank; ++i)
    if (shape.extent[i] < 1) return false;
  return true;
}
template <class... Inputs>
constexpr int first_without_extent() {
  int index = 0, found = -1;
  ((found = found < 0 && !are_positive(Inputs::shape) ? index : found, ++index), ...);
  return found;
}
template <int Index, class Input>
using ExtentMessage = Message<Problem::value_out_of_range, LayerIndex<Index>, Input, Because<&Reason<AtLeast<1>>::text>>;

template <class Net>
constexpr bool check_form(const Sequential<>*) {
  using Said = decltype(sizeof(RefuseInput<Net, Nothing>));
  return Said{} != 0;
}
template <class Net, class First, class... Rest>
constexpr bool check_form(const Sequential<First, Rest...>*) {
  if constexpr (!is_input<First>) {
    using Said = decltype(sizeof(RefuseInput<Net, First>));
    return Said{} != 0;
  } else if constexpr (!are_positive(First::shape)) {
    using Said = decltype(sizeof(ExtentMessage<0, First>));
    return Said{} != 0;
  } else {
    return true;
  }
}
template <class Net, class Body, class... Inputs>
constexpr bool check_form(const Graph<Body, Inputs...>*) {
  if constexpr (!(is_input<Inputs> && ... && (sizeof...(Inputs) > 0))) {
    using Said = decltype(sizeof(RefuseInput<Net, ListOf<Inputs...>>));
    return Said{} != 0;
  } else if constexpr (!callable_with<Body, Inputs...>) {
    using Said = decltype(sizeof(RefuseBody<Net, Body, Inputs...>));
    return Said{} != 0;
  } else if constexpr (constexpr int wrong = first_without_extent<Inputs...>(); wrong >= 0) {
    using Said = decltype(sizeof(ExtentMessage<wrong, std::tuple_element_t<static_cast<std::size_t>(wrong), std::tuple<Inputs...>>>));
    return Said{} != 0;
  } else {
    return true;
  }
}

// ---- after tracing: whose mistake was it? ----------------------------------------------------------------------------

template <std::size_t I, class L>
std::type_identity<L> link_type(const Link<I, L>*);
template <int I, class... Layers>
auto layer_at(const Sequential<Layers...>*) -> decltype(link_type<static_cast<std::size_t>(I)>(static_cast<const Links<std::index_sequence_for<Layers...>, Layers...>*>(nullptr)));
template <int I, class Body, class... Inputs>
std::type_identity<Body> layer_at(const Graph<Body, Inputs...>*);

template <class Net, int Index>
using LayerAt = typename decltype(layer_at<Index>(static_cast<const typename Net::Chain*>(nullptr)))::type;

/// The layer a message is about: the one at the top, and the one inside of it, if any, where the mistake was made.
template <class Top>
constexpr bool is_inside(const Mistake& m) { return *m.inside_type != 0 && !same_text(m.inside_type, type_text<Top>()); }
template <class Top, const char* Inner, bool IsInside>
struct BlamedLayer : std::type_identity<Top> {};
template <class Top, const char* Inner>
struct BlamedLayer<Top, Inner, true> : std::type_identity<Inside<Top, Inner>> {};

/// What tracing a source found, each part a constant of its own: nvcc does not take parts of a local constant as template arguments.
template <class Source>
struct FirstMistake {
  static constexpr Mistake mistake = Traced<Source>::records.mistake;
  static constexpr Problem problem = mistake.problem;
  static constexpr int layer = mistake.layer;
  static constexpr bool has_got = mistake.got.rank >= 0, has_wanted = mistake.wanted.rank >= 0;
  static constexpr bool has_reason = mistake.why.known, of_batch = mistake.batch;
  static constexpr const char *reason = mistake.why.text, *inside = mistake.inside;
  template <class Top>
  using Blamed = typename BlamedLayer<Top, inside, is_inside<Top>(mistake)>::type;
};

template <class Source>
struct GotIn {
  static constexpr Shape shape = Traced<Source>::records.mistake.got;
};
template <class Source>
struct WantedIn {
  static constexpr Shape shape = Traced<Source>::records.mistake.wanted;
};

/// The message about a mistake: with its reason, or with the shape it got and the one it needs, as far as there are such.
template <class Source, class... Facts>
constexpr auto message_of() {
  using Found = FirstMistake<Source>;
  if constexpr (Found::has_reason) return std::type_identity<Message<Found::problem, Facts..., Because<Found::reason>>>{};
  else if constexpr (Found::has_wanted && Found::of_batch) return std::type_identity<Message<Found::problem, Facts..., Spread<Got, GotIn<Source>>, Spread<Wanted, WantedIn<Source>>, DependsOnTheBatch>>{};
  else if constexpr (Found::has_wanted) return std::type_identity<Message<Found::problem, Facts..., Spread<Got, GotIn<Source>>, Spread<Wanted, WantedIn<Source>>>>{};
  else if constexpr (Found::has_got) return std::type_identity<Message<Found::problem, Facts..., Spread<Got, GotIn<Source>>>>{};
  else return std::type_identity<Message<Found::problem, Facts...>>{};
}
template <class Source, class... Facts>
using MessageOf = typename decltype(message_of<Source, Facts...>())::type;

/// True if tracing the source found no mistake; else the message names this type.
template <class Source, class Where, class Culprit>
constexpr bool check_source() {
  using Found = FirstMistake<Source>;
  if constexpr (Found::problem == Problem::none) {
    return true;
  } else {
    using Said = decltype(sizeof(MessageOf<Source, Where, typename Found::template Blamed<Culprit>>));
    return Said{} != 0;
  }
}

}  // namespace detail

/// True if the model has no mistake. Otherwise the program does not compile, and the message says which layer is wrong, what it
/// got and what it needs; nothing else of the model is then looked at.
template <class Net>
constexpr bool check() {
  if constexpr (!detail::model<Net>) {
    using Said = decltype(sizeof(detail::RefuseNet<Net>));
    return Said{} != 0;
  } else if constexpr (!detail::check_form<Net>(static_cast<const typename Net::Chain*>(nullptr))) {
    return false;
  } else {
    using Found = detail::FirstMistake<Prediction<Net>>;
    if constexpr (Found::problem == Problem::none) {
      return true;
    } else {
      using Top = detail::LayerAt<Net, Found::layer>;
      using Said = decltype(sizeof(detail::MessageOf<Prediction<Net>, LayerIndex<Found::layer>, typename Found::template Blamed<Top>>));
      return Said{} != 0;
    }
  }
}

}  // namespace tenon
