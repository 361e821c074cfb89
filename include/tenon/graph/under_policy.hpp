// A source whose graph is planned under a numeric policy.
#pragma once

#include <type_traits>

#include <tenon/graph/compiled.hpp>
#include <tenon/graph/numeric_policy.hpp>

namespace tenon {
namespace detail {

/// A source whose graph is planned under a policy.
template <class Source, class Policy, bool Weights>
struct Under {};
template <class Source, class Policy, bool Weights>
inline constexpr auto under = std::type_identity<Source>{};
template <class Source, numeric_policy Policy, bool Weights> requires(!std::same_as<Policy, Float32>)
inline constexpr auto under<Source, Policy, Weights> = std::type_identity<Under<Source, Policy, Weights>>{};

/// The source under a policy; with `Weights` its graph reads weights that were cast once.
template <class Source, class Policy, bool Weights = false>
using UnderPolicy = typename decltype(under<Source, Policy, Weights>)::type;

}  // namespace detail

template <class Source, class Policy, bool Weights>
struct Simplified<detail::Under<Source, Policy, Weights>> {
  static constexpr NodeGraph run() { return Policy::apply(Simplified<Source>::graph.thaw(), Weights); }
  static constexpr Sizes sizes = measure(run());
  static constexpr FrozenGraph<sizes> graph = freeze<sizes>(run());
};

}  // namespace tenon
