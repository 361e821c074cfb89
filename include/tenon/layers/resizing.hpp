// Images of a wanted size.
#pragma once

#include <tenon/layers/interpolation.hpp>

namespace tenon {
namespace detail {

/// The middle part of an image.
constexpr Symbol middle_of(Symbol x, int height, int width) {
  const int top = (x.shape()[1] - height) / 2, left = (x.shape()[2] - width) / 2;
  return slice(slice(x, axis<1>, top, top + height), axis<2>, left, left + width);
}
/// As much of the middle of an image as has the form of height and width.
constexpr Symbol cropped_to(Symbol x, int height, int width) {
  const long h = x.shape()[1], w = x.shape()[2], fitting_h = w * height / width, fitting_w = h * width / height;
  return middle_of(x, static_cast<int>(fitting_h < 1 ? 1 : fitting_h < h ? fitting_h : h), static_cast<int>(fitting_w < 1 ? 1 : fitting_w < w ? fitting_w : w));
}
/// An image in the middle of a larger one that has the form of height and width.
constexpr Symbol padded_to(Symbol x, int height, int width, double value) {
  const long h = x.shape()[1], w = x.shape()[2];
  const int vertical = static_cast<int>((w * height / width - h) / 2), horizontal = static_cast<int>((h * width / height - w) / 2);
  const auto surrounded = [&](Symbol s) { return vertical > 0 ? pad(s, axis<1>, vertical, vertical) : horizontal > 0 ? pad(s, axis<2>, horizontal, horizontal) : s; };
  return value == 0 ? surrounded(x) : surrounded(x) + value * (1 - surrounded(ones_like(x)));
}
constexpr Symbol image_resized(Symbol x, int height, int width, Interpolation how, bool antialias = false) {
  x = tenon::resize(x, 1, height, how, antialias);
  return x.poisoned ? x : tenon::resize(x, 2, width, how, antialias);
}

}  // namespace detail

/// Images of this height and width. x: (B, H, W, C) → y: (B, Height, Width, C). Follows keras.layers.Resizing.
/// Options: `Bilinear` (the default), `Nearest`, `Bicubic`, `Lanczos3`, `Lanczos5`; `CropToAspectRatio` or `PadToAspectRatio`, which keep
/// the form of what is in the image; `FillValue<0>` for the latter; `Antialias`.
/// Refused: numbers below 1; x that is not an image.
///
///     tn::Input<480, 640, 3>, tn::Resizing<224, 224, tn::CropToAspectRatio>
template <int Height, int Width, class... Options>
struct Resizing : Layer<Resizing<Height, Width, Options...>> {
  static constexpr auto call(auto x) {
    x = Takes<OptionOf::interpolation, OptionOf::aspect_ratio, OptionOf::fill_value, OptionOf::antialias>::check<Options...>(detail::in_range<AtLeast<1>>(x, Height, Width));
    x = detail::image_for<2>(x);
    if (x.poisoned) return x;
    constexpr auto ratio = option<OptionOf::aspect_ratio, detail::AspectRatioOption<detail::AspectRatio::ignored>, Options...>::value;
    if (ratio == detail::AspectRatio::cropped) x = detail::cropped_to(x, Height, Width);
    if (ratio == detail::AspectRatio::padded) x = detail::padded_to(x, Height, Width, option<OptionOf::fill_value, FillValue<0.0>, Options...>::value);
    if (x.poisoned) return x;
    return detail::image_resized(x, Height, Width, option<OptionOf::interpolation, Bilinear, Options...>::value, has_option<OptionOf::antialias, Options...>);
  }
};

/// The middle of each image; of one that is smaller, as much as has this form, enlarged. x: (B, H, W, C) → y: (B, Height, Width, C).
/// Follows keras.layers.CenterCrop. Refused: numbers below 1; x that is not an image.
///
///     tn::Input<32, 32, 3>, tn::CenterCrop<28, 28>
template <int Height, int Width = Height>
struct CenterCrop : Layer<CenterCrop<Height, Width>> {
  static constexpr auto call(auto x) {
    x = detail::image_for<2>(detail::in_range<AtLeast<1>>(x, Height, Width));
    if (x.poisoned) return x;
    if (Height <= x.shape()[1] && Width <= x.shape()[2]) return detail::middle_of(x, Height, Width);
    return detail::image_resized(detail::cropped_to(x, Height, Width), Height, Width, Interpolation::bilinear);
  }
};

}  // namespace tenon
