// What a number that stands in a type may be. The compiler prints the limit when the number is another.
#pragma once

#include <limits>

namespace tenon {

template <int Bound>
struct AtLeast {
  static constexpr bool holds(double value) { return value >= Bound; }
};
template <int Bound>
struct AtMost {
  static constexpr bool holds(double value) { return value <= Bound; }
};
template <int Bound>
struct Above {
  static constexpr bool holds(double value) { return value > Bound; }
};
template <int Bound>
struct Below {
  static constexpr bool holds(double value) { return value < Bound; }
};

/// The limits of a type's numbers; all of them hold for each number, which is finite.
///
///     template <Real Factor> struct L2 { using Needs = Limits<AtLeast<0>>; static constexpr bool in_range = Needs::hold(Factor.value); … };
template <class... All>
struct Limits {
  static constexpr double max = std::numeric_limits<double>::max();
  static constexpr bool hold(auto... values) { return (true && ... && holds(values)); }
  static constexpr bool holds(double value) { return -max <= value && value <= max && (true && ... && All::holds(value)); }
};

}  // namespace tenon
