// How images are resized, as options.
#pragma once

#include <tenon/graph/resize.hpp>
#include <tenon/layers/with_options.hpp>

namespace tenon {
namespace detail {
template <Interpolation How>
struct InterpolationOption {
  static constexpr auto sets = OptionOf::interpolation;
  static constexpr Interpolation value = How;
};
enum class AspectRatio { ignored, cropped, padded };
template <AspectRatio Value>
struct AspectRatioOption {
  static constexpr auto sets = OptionOf::aspect_ratio;
  static constexpr AspectRatio value = Value;
};
}  // namespace detail

/// The pixel that it lies on.
struct Nearest : detail::InterpolationOption<Interpolation::nearest> {};
/// The two pixels beside it along each axis.
struct Bilinear : detail::InterpolationOption<Interpolation::bilinear> {};
/// Four pixels along each axis, with Keys's cubic.
struct Bicubic : detail::InterpolationOption<Interpolation::bicubic> {};
/// Six, or ten, with Lanczos's windowed sine.
struct Lanczos3 : detail::InterpolationOption<Interpolation::lanczos3> {};
struct Lanczos5 : detail::InterpolationOption<Interpolation::lanczos5> {};

/// Keeps the form of what is in the image: cuts off what the new form has no room for, or surrounds it with `FillValue`.
struct CropToAspectRatio : detail::AspectRatioOption<detail::AspectRatio::cropped> {};
struct PadToAspectRatio : detail::AspectRatioOption<detail::AspectRatio::padded> {};
/// What an image is surrounded with: `FillValue<0.5>`.
template <Real Value>
struct FillValue {
  static constexpr auto sets = OptionOf::fill_value;
  static constexpr double value = Value.value;
};
/// Each pixel of a smaller image is made of all that it covers.
struct Antialias {
  static constexpr auto sets = OptionOf::antialias;
};

}  // namespace tenon
