// Sequences, images and volumes without their borders.
#pragma once

#include <tenon/graph/movement.hpp>
#include <tenon/layers/borders.hpp>

namespace tenon {
namespace detail {

template <int Axes, int... Sides>
constexpr Symbol cropping(Symbol x) {
  using Border = Borders<Axes, Sides...>;
  x = Border::check(x);
  if (x.poisoned) return x;
  Shape rest = x.shape();
  for (int i = 0; i < Axes; ++i) {
    if (long{Border::before(i)} + Border::after(i) >= rest.extent[i + 1]) return mistake(x, Problem::slice_out_of_range, x.shape(), Numbers{Border::all()});
    rest.extent[i + 1] -= Border::before(i) + Border::after(i);
  }
  return slice(x, Border::window(), rest);
}

}  // namespace detail

/// Without the first `Before` and the last `After` steps. x: (B, Steps, C) → y: (B, Steps - Before - After, C). Follows keras.layers.Cropping1D.
///
///     tn::Cropping1D<2>, tn::Cropping1D<0, 3>
template <int Before = 1, int After = Before>
struct Cropping1D : Layer<Cropping1D<Before, After>> {
  static constexpr auto call(auto x) { return detail::cropping<1, Before, After>(x); }
};

/// Without rows above and below and columns at the left and right. x: (B, H, W, C) → y: (B, H', W', C). Follows keras.layers.Cropping2D.
/// Numbers: top, bottom, left, right; or one for height and one for width; or one for all sides (the default: 0).
/// Refused: other numbers of numbers; negative ones; x that is not an image, or of which nothing would be left.
///
///     tn::Cropping2D<1, 2>, tn::Cropping2D<0, 1, 0, 1>  // the last row and column
template <int... Numbers>
struct Cropping2D : Layer<Cropping2D<Numbers...>> {
  static constexpr auto call(auto x) { return detail::cropping<2, Numbers...>(x); }
};
template <>
struct Cropping2D<> : Cropping2D<0> {};

/// The same of volumes, (B, D, H, W, C): six numbers, three, or one (the default: 1). Follows keras.layers.Cropping3D.
///
///     tn::Cropping3D<1, 2, 2>
template <int... Numbers>
struct Cropping3D : Layer<Cropping3D<Numbers...>> {
  static constexpr auto call(auto x) { return detail::cropping<3, Numbers...>(x); }
};
template <>
struct Cropping3D<> : Cropping3D<1> {};

}  // namespace tenon
