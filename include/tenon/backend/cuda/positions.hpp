// Positions in images, with all extents known while compiling.
#pragma once

#include <utility>

#include <tenon/backend/cuda/annotations.hpp>
#include <tenon/backend/kernels.hpp>

namespace tenon::cuda {

template <class>
inline constexpr int product_of = 1;
template <int... Values>
inline constexpr int product_of<Ints<Values...>> = (1 * ... * Values);

/// The I-th of some numbers as a constant of its own, because device code may not read an array of the host.
template <class Numbers, int I>
inline constexpr int nth = Numbers::values[I];

/// Takes a position along each axis of an image off `position`, last axis first; what is left counts images.
template <class Extents>
struct Pixel {
  static constexpr int rank = Extents::count;
  long along[rank];

  TENON_HOST_DEVICE long take_from(long position) { return take(position, std::make_integer_sequence<int, rank>{}); }

 private:
  template <int... I>
  TENON_HOST_DEVICE long take(long position, std::integer_sequence<int, I...>) {
    ((along[rank - 1 - I] = position % nth<Extents, rank - 1 - I>, position /= nth<Extents, rank - 1 - I>), ...);
    return position;
  }
};

/// Where the pixel `from` of a result looks at the image through the tap of a window; false: at the border.
template <class G, int... I>
TENON_HOST_DEVICE bool forward(const long* from, const long* tap, long& place, std::integer_sequence<int, I...>) {
  bool inside = true;
  const auto step = [&](long r, int extent) { inside = inside && r >= 0 && r < extent, place = place * extent + r; };
  (step(from[I] * nth<typename G::stride, I> - nth<typename G::low, I> + tap[I] * nth<typename G::dilation, I>, nth<typename G::image, I>), ...);
  return inside;
}
/// The way back: which pixel of the result looks at the pixel `from` of the image through the tap; false: none.
template <class G, int... I>
TENON_HOST_DEVICE bool backward(const long* from, const long* tap, long& place, std::integer_sequence<int, I...>) {
  bool inside = true;
  const auto step = [&](long reach, int stride, int extent) {
    inside = inside && reach >= 0 && reach % stride == 0 && reach / stride < extent, place = place * extent + reach / stride;
  };
  (step(from[I] + nth<typename G::low, I> - tap[I] * nth<typename G::dilation, I>, nth<typename G::stride, I>, nth<typename G::result, I>), ...);
  return inside;
}

}  // namespace tenon::cuda
