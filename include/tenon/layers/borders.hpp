// Numbers in front of and behind each axis, as cropping and padding have them.
#pragma once

#include <tenon/layers/with_options.hpp>

namespace tenon::detail {

/// One number for all sides, one for each axis, or two for each: in front and behind.
template <int Axes>
struct OneNumberOrOnePerAxisOrTwo;

template <int Axes, int... Numbers>
struct Borders {
  static constexpr int count = sizeof...(Numbers);
  static constexpr bool counted = count == 1 || count == Axes || count == 2 * Axes;
  static constexpr int numbers[sizeof...(Numbers) + 1] = {Numbers...};

  static constexpr int before(int axis) { return numbers[count == 2 * Axes ? 2 * axis : count == Axes ? axis : 0]; }
  static constexpr int after(int axis) { return numbers[count == 2 * Axes ? 2 * axis + 1 : count == Axes ? axis : 0]; }

  static constexpr Shape all() {
    Shape sides;
    for (int i = 0; i < Axes; ++i) sides = sides.append(before(i)).append(after(i));
    return sides;
  }
  /// x, poisoned if these are not the numbers of a border, or x has other axes.
  static constexpr Symbol check(Symbol x) {
    if constexpr (!counted) x = refuse<OneNumberOrOnePerAxisOrTwo<Axes>>(x, Problem::value_out_of_range);
    return image_for<Axes>(in_range<AtLeast<0>>(x, Numbers...));
  }
  /// Each axis begins at its first number.
  static constexpr Window window() {
    Window w;
    for (int& stride : w.stride) stride = 1;
    for (int i = 0; i < Axes; ++i) w.low[i + 1] = before(i);
    return w;
  }
};

}  // namespace tenon::detail
