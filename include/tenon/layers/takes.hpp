// Which options a layer takes, and those it was given.
#pragma once

#include <tenon/graph/axes.hpp>
#include <tenon/graph/refuse.hpp>
#include <tenon/layers/options.hpp>

namespace tenon {
namespace detail {

template <class>
inline constexpr bool is_axis = false;
template <int... Axes>
inline constexpr bool is_axis<Axis<Axes...>> = true;

/// An option says what it sets; a type with `call` is an activation, and Axis<1> the axis that Keras calls by this name.
template <class Option>
constexpr OptionOf set_by() {
  if constexpr (requires { Option::sets; }) return Option::sets;
  else if constexpr (std::is_same_v<Option, KeepDims>) return OptionOf::keeps_dims;  // also an argument of reductions
  else if constexpr (is_axis<Option>) return OptionOf::axis;
  else if constexpr (layer<Option>) return OptionOf::activation;
  else return OptionOf::unknown;
}
template <OptionOf What, class Default, class... Options>
struct Find {
  using type = Default;
};
template <OptionOf What, class Default, class First, class... Rest>
struct Find<What, Default, First, Rest...> : std::conditional_t<set_by<First>() == What, std::type_identity<First>, Find<What, Default, Rest...>> {};

template <OptionOf What, class... Options>
inline constexpr int count_of = (0 + ... + (set_by<Options>() == What));

}  // namespace detail

/// The option that sets this, or the default.
template <OptionOf What, class Default, class... Options>
using option = typename detail::Find<What, Default, Options...>::type;
template <OptionOf What, class... Options>
inline constexpr bool has_option = detail::count_of<What, Options...> > 0;

/// The options that a layer takes. Its `call` begins with `x = Takes::check<Options...>(x);`, which poisons x and reports the
/// mistake if an option is unknown to the layer, is given twice, or holds a number out of range.
template <OptionOf... Accepted>
struct Takes {
  static constexpr bool accepts(OptionOf what) { return ((what == Accepted || detail::initializer_beside(what) == Accepted) || ...); }

  template <class... Options>
  static constexpr Symbol check(Symbol x) {
    ((x = check_option<Options>(x)), ...);
    if constexpr (!(true && ... && (detail::count_of<detail::set_by<Options>(), Options...> == 1))) ((x = check_given_once<Options, Options...>(x)), ...);
    return x;
  }

 private:
  template <class Option>
  static constexpr Symbol check_option(Symbol x) {
    if constexpr (!accepts(detail::set_by<Option>())) return detail::refuse<Option, Takes>(x, Problem::unknown_option);
    else return detail::check_numbers<Option>(x);
  }
  template <class Option, class... Options>
  static constexpr Symbol check_given_once(Symbol x) {
    using First = option<detail::set_by<Option>(), void, Options...>;
    constexpr bool repeated = !std::is_same_v<First, Option> || (0 + ... + std::is_same_v<Option, Options>) > 1;
    if constexpr (repeated) return detail::refuse<First, Option>(x, Problem::option_given_twice);
    else return x;
  }
};

}  // namespace tenon
