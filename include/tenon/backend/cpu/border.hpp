// Images with what a window sees beyond their borders.
#pragma once

#include <algorithm>

#include <tenon/backend/cpu/vector.hpp>
#include <tenon/backend/cpu/window.hpp>

namespace tenon::cpu::inline TENON_ISA {

/// The smallest image in which every window is inside: pixel i of the original lies at low + i, or is cut off; the rest is zero.
struct Bordered {
  long extent[3], low[3];
  long channels;

  constexpr long elements() const { return extent[0] * extent[1] * extent[2] * channels; }
  constexpr long lines() const { return extent[0] * extent[1]; }
  /// How far apart neighbours along an axis are.
  constexpr long stride(int axis) const { return axis == 2 ? channels : axis == 1 ? extent[2] * channels : extent[1] * extent[2] * channels; }

  /// Fills the lines first..last, counted through all planes, from an image of these extents.
  template <class T>
  void fill(T* to, const T* from, const long (&image)[3], long first, long last) const {
    std::fill(to + first * stride(1), to + last * stride(1), T(0));
    const long begin = std::max(0L, -low[2]), count = std::min(image[2], extent[2] - low[2]) - begin;
    if (count <= 0) return;
    long z = first / extent[1] - low[0], y = first % extent[1] - low[1];
    for (long line = first; line < last; ++line) {
      if (z >= 0 && z < image[0] && y >= 0 && y < image[1])
        std::copy_n(from + ((z * image[1] + y) * image[2] + begin) * channels, count * channels, to + line * stride(1) + (begin + low[2]) * channels);
      if (++y == extent[1] - low[1]) y = -low[1], ++z;
    }
  }
};

/// Where the first window of a row of the result begins in such an image; rows are counted through all planes.
constexpr long row_offset(const Windows& w, const Bordered& b, long row) {
  return row / w.axis[1].result * w.axis[0].stride * b.stride(0) + row % w.axis[1].result * w.axis[1].stride * b.stride(1);
}

/// The bordered input of a convolution.
constexpr Bordered bordered(const Windows& w) {
  Bordered b{{}, {}, w.channels};
  for (int i = 0; i < 3; ++i) {
    const Axis& a = w.axis[i];
    b.extent[i] = (a.result - 1) * a.stride + (a.size - 1) * a.dilation + 1;
    b.low[i] = a.low;
  }
  return b;
}

/// True if every window is inside of the image as it is.
constexpr bool fits(const Windows& w) {
  const Bordered b = bordered(w);
  for (int i = 0; i < 3; ++i)
    if (b.low[i] != 0 || b.extent[i] > w.axis[i].image) return false;
  return true;
}
/// The image as it is.
constexpr Bordered unbordered(const Windows& w) { return {{w.axis[0].image, w.axis[1].image, w.axis[2].image}, {}, w.channels}; }

}  // namespace tenon::cpu::inline TENON_ISA
