// Sequences, images and volumes with zeros around them.
#pragma once

#include <tenon/graph/movement.hpp>
#include <tenon/layers/borders.hpp>

namespace tenon {
namespace detail {

template <int Axes, int... Sides>
constexpr Symbol zero_padding(Symbol x) {
  using Border = Borders<Axes, Sides...>;
  x = Border::check(x);
  if (x.poisoned) return x;
  Shape larger = x.shape();
  for (int i = 0; i < Axes; ++i) {
    const long extent = long{larger.extent[i + 1]} + Border::before(i) + Border::after(i);
    if (extent > max_elements) return mistake(x, Problem::too_large);
    larger.extent[i + 1] = static_cast<int>(extent);
  }
  return pad(x, Border::window(), larger);
}

}  // namespace detail

/// With `Before` zeros in front of the steps and `After` behind them. x: (B, Steps, C) → y: (B, Before + Steps + After, C).
/// Follows keras.layers.ZeroPadding1D.
///
///     tn::ZeroPadding1D<2>, tn::ZeroPadding1D<4, 0>
template <int Before = 1, int After = Before>
struct ZeroPadding1D : Layer<ZeroPadding1D<Before, After>> {
  static constexpr auto call(auto x) { return detail::zero_padding<1, Before, After>(x); }
};

/// With rows of zeros above and below and columns at the left and right. x: (B, H, W, C) → y: (B, H', W', C). Follows keras.layers.ZeroPadding2D.
/// Numbers: top, bottom, left, right; or one for height and one for width; or one for all sides (the default: 1).
/// Refused: other numbers of numbers; negative ones; x that is not an image.
///
///     tn::ZeroPadding2D<1, 2>, tn::ZeroPadding2D<0, 1, 0, 1>  // one more row and column
template <int... Numbers>
struct ZeroPadding2D : Layer<ZeroPadding2D<Numbers...>> {
  static constexpr auto call(auto x) { return detail::zero_padding<2, Numbers...>(x); }
};
template <>
struct ZeroPadding2D<> : ZeroPadding2D<1> {};

/// The same of volumes, (B, D, H, W, C): six numbers, three, or one (the default: 1). Follows keras.layers.ZeroPadding3D.
///
///     tn::ZeroPadding3D<1, 2, 2>
template <int... Numbers>
struct ZeroPadding3D : Layer<ZeroPadding3D<Numbers...>> {
  static constexpr auto call(auto x) { return detail::zero_padding<3, Numbers...>(x); }
};
template <>
struct ZeroPadding3D<> : ZeroPadding3D<1> {};

}  // namespace tenon
