// Convolutions as matrix products whose left operand is read through a window.
#pragma once

#include <tenon/backend/cpu/bfloat16_kernel_panels.hpp>
#include <tenon/backend/cpu/border.hpp>
#include <tenon/backend/cpu/depthwise.hpp>
#include <tenon/backend/cpu/epilogue.hpp>
#include <tenon/backend/cpu/kernel_panels.hpp>
#include <tenon/backend/cpu/segments.hpp>
#include <tenon/backend/cpu/tile.hpp>
#include <tenon/core/threads.hpp>

namespace tenon::cpu::inline TENON_ISA {

/// y(pixel, filter) = sum over taps and channels of x(pixel under the tap, channel) * kernel(tap, channel, filter).
template <class T, class Operand = T>
struct Correlation {
  Windows w{};
  Bordered b{};
  long image[3]{};              ///< of x as it lies in memory
  bool border = false;          ///< false: x can be read as it is, and has the extents of b
  const Operand* x = nullptr;
  const Operand* kernel = nullptr;    ///< (taps, channels / groups, filters)
  T* direct = nullptr;          ///< y, if nothing is done to it
  Finisher<T> finish = nullptr;
  const KernelCall* call = nullptr;
  long batch = 0;
};

/// A copy of an image with what windows see beyond its borders.
template <class T>
const T* with_border(const Bordered& b, const T* x, const long (&image)[3]) {
  T* copy = scratch<T, Slot::image>(b.elements());
  b.fill(copy, x, image);
  return copy;
}

/// Into how many parts of its rows each image is cut, so that every thread has some; the results do not depend on it.
inline long parts_of_image(long batch, long rows) { return std::clamp<long>(4L * num_threads() / std::max(1L, batch), 1, std::max(1L, rows)); }

/// The same where each channel has its own filter.
template <class T>
void correlate_depthwise(const Correlation<T>& p, const Segments& taps) {
  const Windows& w = p.w;
  const long rows = w.axis[0].result * w.axis[1].result, length = w.axis[2].result;
  const long parts = parts_of_image(p.batch, rows);
  const double work = static_cast<double>(p.batch * w.result()) * static_cast<double>((taps.count + 4) * ((w.channels + lanes<T> - 1) / lanes<T>));
  parallel_for(p.batch * parts, work, [&](long chunk) {
    const long sample = chunk / parts, part = chunk % parts;
    const T* x = p.x + sample * p.image[0] * p.image[1] * p.image[2] * w.channels;
    if (p.border) x = with_border(p.b, x, p.image);
    T* line = scratch<T, Slot::block>(length * lanes<T>);
    for (long r = rows * part / parts; r < rows * (part + 1) / parts; ++r) {
      const T* seen = x + r / w.axis[1].result * w.axis[0].stride * p.b.stride(0) + r % w.axis[1].result * w.axis[1].stride * p.b.stride(1);
      for (long c = 0; c < w.channels; c += lanes<T>) {
        depthwise_row(line, lanes<T>, seen + c, w.axis[2].stride * w.channels, taps, p.kernel + c, w.channels, First<T>(w.channels - c), length);
        p.finish(*p.call, {line, lanes<T>, (sample * rows + r) * length, length, c, std::min<long>(lanes<T>, w.channels - c), w.channels});
      }
    }
  });
}

template <class T, class Operand>
void correlate(const Correlation<T, Operand>& p) {
  const Windows& w = p.w;
  const Segments segments = segments_of(w, p.b);
  if constexpr (std::is_same_v<T, Operand>)
    if (is_depthwise(w)) return correlate_depthwise(p, segments);
  const KernelPanels<T, Operand> panels(w, segments, p.kernel);

  // A chunk is some rows of one image.
  const long rows = w.axis[0].result * w.axis[1].result, row_length = w.axis[2].result;
  const long parts = parts_of_image(p.batch, rows);
  const double work = static_cast<double>(p.batch * w.result() * w.groups) * static_cast<double>(panels.count * (panels.steps + 8) * 2);
  parallel_for(p.batch * parts, work, [&](long chunk) {
    const long sample = chunk / parts, part = chunk % parts;
    const Operand* x = p.x + sample * p.image[0] * p.image[1] * p.image[2] * w.channels;
    if (p.border) x = with_border(p.b, x, p.image);
    alignas(64) T block[tile_rows * tile_columns<T>];
    for (long g = 0; g < w.groups; ++g)
      for (long panel = 0; panel < panels.count; ++panel) {
        const long panel_width = panels.width(panel), count = panels.columns_of(panel), column = g * panels.columns + panel * panels.most;
        for (long r = rows * part / parts; r < rows * (part + 1) / parts; ++r) {
          const Operand* line = x + g * w.group_channels() + r / w.axis[1].result * w.axis[0].stride * p.b.stride(0) +
                          r % w.axis[1].result * w.axis[1].stride * p.b.stride(1);
          nearly_equal(row_length, tile_rows, [&](long first, long pixels) {
            const long pixel = (sample * rows + r) * row_length + first, step = w.axis[2].stride * w.channels;
            const bool direct = p.direct && count == panel_width;
            T* c = direct ? p.direct + pixel * w.filters + column : block;
            const long c_row = direct ? w.filters : panel_width;
            panels.multiply({line + first * step, step, 1, segments.offset, segments.count, segments.length}, pixels, g, panel, c, c_row);
            if (!direct) p.finish(*p.call, {c, c_row, pixel, pixels, column, count, w.filters});
          });
        }
      }
  });
}

}  // namespace tenon::cpu::inline TENON_ISA
