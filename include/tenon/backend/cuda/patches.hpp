// Images and kernels of convolutions as the matrices of a product; nothing is copied.
#pragma once

#include <cstdint>

#include <tenon/backend/cuda/positions.hpp>

namespace tenon::cuda {

/// In a product, k counts (tap of the window, channel of the group); `group` is the number of the matrix.
template <class G, class Number>
struct Patches {
  static constexpr int channels = G::channels / G::groups;
  using Axes = std::make_integer_sequence<int, G::rank>;
  const Number* x;

  /// What the pixel of the result (counted through all images) sees.
  TENON_HOST_DEVICE float operator()(long group, long pixel, long k) const {
    Pixel<typename G::result> o;
    const long image = o.take_from(pixel);
    return seen(group, image, o.along, k);
  }
  TENON_HOST_DEVICE float seen(long group, long image, const long* o, long k) const {
    Pixel<typename G::size> tap;
    tap.take_from(k / channels);
    long place = image;
    if (!forward<G>(o, tap.along, place, Axes{})) return 0;
    return static_cast<float>(x[place * G::channels + group * channels + k % channels]);
  }
};

/// x (B, Image..., Channels) as the left operand of a convolution.
template <class G, class Number>
struct LeftPatches : Patches<G, Number> {
  static constexpr bool along_k = true;
};
/// A left operand with its two indices exchanged: in a kernel's gradient rows are (tap, channel), and k counts pixels of the result.
template <class Left>
struct LeftTransposed {
  static constexpr bool along_k = !Left::along_k;
  Left left;
  TENON_HOST_DEVICE float operator()(long group, long row, long k) const { return left(group, k, row); }
};

/// What has filters as its last axis: the kernel (Size..., Channels / Groups, Filters), k counting (tap, channel), and dy (B, Result..., Filters),
/// k counting its pixels.
template <class G, class Number>
struct RightFilters {
  static constexpr bool along_k = false;
  static constexpr int filters = G::filters / G::groups;
  const Number* numbers;
  TENON_HOST_DEVICE float operator()(long group, long k, long filter) const { return static_cast<float>(numbers[k * G::filters + group * filters + filter]); }
};
/// The kernel in the input's gradient: k counts (tap, filter), columns are channels.
template <class G, class Number>
struct RightKernelTransposed {
  static constexpr bool along_k = true;
  static constexpr int channels = G::channels / G::groups, filters = G::filters / G::groups;
  const Number* kernel;
  TENON_HOST_DEVICE float operator()(long group, long k, long channel) const {
    return static_cast<float>(kernel[(k / filters * channels + channel) * G::filters + group * filters + k % filters]);
  }
};

/// Which pixel of the result (counted through all images) looks at the pixel of an image through the tap, or -1.
template <class G>
TENON_HOST_DEVICE long looking_at(long pixel, long number_of_tap) {
  Pixel<typename G::image> i;
  Pixel<typename G::size> tap;
  long place = i.take_from(pixel);
  tap.take_from(number_of_tap);
  return backward<G>(i.along, tap.along, place, std::make_integer_sequence<int, G::rank>{}) ? place : -1;
}
/// dy as the left operand of the input's gradient: rows are pixels of the image, k counts (tap, filter).
template <class G, class Number>
struct LeftGradient {
  static constexpr bool along_k = true;
  static constexpr int filters = G::filters / G::groups;
  const Number* dy;
  TENON_HOST_DEVICE float operator()(long group, long pixel, long k) const {
    const long place = looking_at<G>(pixel, k / filters);
    return place < 0 ? 0.f : static_cast<float>(dy[place * G::filters + group * filters + k % filters]);
  }
};

}  // namespace tenon::cuda
