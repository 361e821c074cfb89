// How a layer, or anything given to it, says that its options are wrong.
#pragma once

#include <tenon/core/limits.hpp>
#include <tenon/graph/symbol.hpp>

namespace tenon::detail {

/// x, poisoned: the mistake is `problem`, for a reason in types.
template <class... Facts>
constexpr Symbol refuse(Symbol x, Problem problem) {
  x.trace->report(problem, NoShape{}, NoShape{}, Why{true, &Reason<Facts...>::text});
  x.poisoned = true;
  return x;
}

/// x, poisoned if a number of the layer itself (`Dense<0>`) is out of its limits.
template <class... All>
constexpr Symbol in_range(Symbol x, auto... values) {
  return Limits<All...>::hold(values...) ? x : refuse<All...>(x, Problem::value_out_of_range);
}

template <class Part, class... All>
constexpr Symbol out_of_range(Symbol x, Limits<All...>) {
  return refuse<Part, All...>(x, Problem::value_out_of_range);
}
/// x, poisoned if a number of an option, an initializer, … is out of the limits that it names: `Kernel<0, 3>`, `L2<-0.1>`.
template <class Part>
constexpr Symbol check_numbers(Symbol x) {
  if constexpr (requires { Part::in_range; })
    if constexpr (!Part::in_range) return out_of_range<Part>(x, typename Part::Needs{});
  return x;
}

}  // namespace tenon::detail
