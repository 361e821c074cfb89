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

/// Calls f(sample, first, last) for rows of images that together are all rows of a batch. Each image is cut into so many parts that every
/// thread has some; the results do not depend on it.
template <class F>
void parallel_rows(long batch, long rows, double work, const F& f) {
  if (batch * rows == 0) return;
  const long parts = std::clamp<long>(4L * num_threads() / batch, 1, rows);
  parallel_for(batch * parts, work, [&](long chunk) {
    const long sample = chunk / parts, part = chunk % parts;
    f(sample, rows * part / parts, rows * (part + 1) / parts);
  });
}

/// An image as the rows first..last of the result see it: where it lies, or a copy of what they see, with its border.
template <class T, class Operand>
const Operand* seen_by_rows(const Correlation<T, Operand>& p, long sample, long first, long last) {
  const Windows& w = p.w;
  const Operand* x = p.x + sample * p.image[0] * p.image[1] * p.image[2] * w.channels;
  if (!p.border) return x;
  Operand* copy = scratch<Operand, Slot::image>(p.b.elements());
  const long reach = (w.axis[0].size - 1) * w.axis[0].dilation * p.b.extent[1] + (w.axis[1].size - 1) * w.axis[1].dilation + 1;
  p.b.fill(copy, x, p.image, row_offset(w, p.b, first) / p.b.stride(1), row_offset(w, p.b, last - 1) / p.b.stride(1) + reach);
  return copy;
}

/// `correlate` where each channel has its own filter.
template <class T>
void correlate_depthwise(const Correlation<T>& p, const Segments& taps) {
  const Windows& w = p.w;
  const long rows = w.axis[0].result * w.axis[1].result, length = w.axis[2].result;
  const double work = static_cast<double>(p.batch * w.result()) * static_cast<double>((taps.count + 4) * ((w.channels + lanes<T> - 1) / lanes<T>));
  parallel_rows(p.batch, rows, work, [&](long sample, long first, long last) {
    const T* x = seen_by_rows(p, sample, first, last);
    T* line = scratch<T, Slot::block>(length * lanes<T>);
    for (long r = first; r < last; ++r) {
      const T* seen = x + row_offset(w, p.b, r);
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

  const long rows = w.axis[0].result * w.axis[1].result, row_length = w.axis[2].result;
  const double work = static_cast<double>(p.batch * w.result() * w.groups) * static_cast<double>(panels.count * (panels.steps + 8) * 2);
  parallel_rows(p.batch, rows, work, [&](long sample, long first_row, long last_row) {
    const Operand* x = seen_by_rows(p, sample, first_row, last_row);
    alignas(64) T block[tile_rows * tile_columns<T>];
    for (long g = 0; g < w.groups; ++g)
      for (long panel = 0; panel < panels.count; ++panel) {
        const long panel_width = panels.width(panel), count = panels.columns_of(panel), column = g * panels.columns + panel * panels.most;
        for (long r = first_row; r < last_row; ++r) {
          const Operand* line = x + g * w.group_channels() + row_offset(w, p.b, r);
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
