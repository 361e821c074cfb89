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
  /// How far apart neighbours along an axis are.
  constexpr long stride(int axis) const { return axis == 2 ? channels : axis == 1 ? extent[2] * channels : extent[1] * extent[2] * channels; }

  template <class T>
  void fill(T* to, const T* from, const long (&image)[3]) const {
    std::fill(to, to + elements(), T(0));
    for (long z = 0; z < image[0]; ++z)
      for (long y = 0; y < image[1]; ++y) {
        const long row[] = {z + low[0], y + low[1]};
        if (row[0] < 0 || row[0] >= extent[0] || row[1] < 0 || row[1] >= extent[1]) continue;
        T* line = to + row[0] * stride(0) + row[1] * stride(1);
        const T* pixel = from + (z * image[1] + y) * image[2] * channels;
        const long first = std::max(0L, -low[2]), last = std::min(image[2], extent[2] - low[2]);
        if (first < last) std::copy_n(pixel + first * channels, (last - first) * channels, line + (first + low[2]) * channels);
      }
  }
};

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
