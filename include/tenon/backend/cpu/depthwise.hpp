// Convolutions of each channel by itself: vectors run along the channels.
#pragma once

#include <tenon/backend/cpu/border.hpp>
#include <tenon/backend/cpu/segments.hpp>
#include <tenon/backend/cpu/sum.hpp>
#include <tenon/backend/cpu/tile.hpp>

namespace tenon::cpu::inline TENON_ISA {

/// One filter for each channel.
constexpr bool is_depthwise(const Windows& w) { return w.groups > 1 && w.groups == w.channels && w.groups == w.filters; }

/// y(pixel, lane) = sum over taps of x(pixel under the tap, lane) * kernel(tap, lane), for a vector of channels.
template <class T, int Pixels, bool Whole>
[[gnu::always_inline]] inline void depthwise_pixels(T* y, long y_step, const T* x, long x_step, const Segments& taps, const T* kernel, long channels, First<T> first) {
  const auto get = [&](const T* p) __attribute__((always_inline)) { if constexpr (Whole) return load(p); else return load(p, first); };
  Vector<T> sum[Pixels];
#pragma GCC unroll 8
  for (int i = 0; i < Pixels; ++i) sum[i] = Vector<T>(T(0));
  for (int t = 0; t < taps.count; ++t) {
    const Vector<T> factor = get(kernel + t * channels);
    const T* at = x + taps.offset[t];
#pragma GCC unroll 8
    for (int i = 0; i < Pixels; ++i) sum[i] = multiply_add<T>(get(at + i * x_step), factor, sum[i]);
  }
#pragma GCC unroll 8
  for (int i = 0; i < Pixels; ++i) save(y + i * y_step, sum[i]);
}

/// A row of pixels; whole vectors are stored, of which the lanes behind the last channel mean nothing.
template <class T>
[[gnu::noinline]] void depthwise_row(T* y, long y_step, const T* x, long x_step, const Segments& taps, const T* kernel, long channels, First<T> first, long pixels) {
  const auto some = [&]<int Pixels>(std::integral_constant<int, Pixels>) {
    if (first.count == lanes<T>) depthwise_pixels<T, Pixels, true>(y, y_step, x, x_step, taps, kernel, channels, first);
    else depthwise_pixels<T, Pixels, false>(y, y_step, x, x_step, taps, kernel, channels, first);
    y += Pixels * y_step, x += Pixels * x_step, pixels -= Pixels;
  };
  while (pixels >= 8) some(std::integral_constant<int, 8>{});
  while (pixels > 0) some(std::integral_constant<int, 1>{});
}

/// sums(tap, lane) += sum over a row of pixels of x(pixel under the tap, lane) * dy(pixel, lane), for `count` taps.
template <class T>
[[gnu::noinline]] void depthwise_taps(T* sums, const T* x, const T* dy, const Windows& w, const long* offsets, long count, First<T> first) {
  long offset[tile_rows];
  for (int t = 0; t < tile_rows; ++t) offset[t] = offsets[std::min<long>(t, count - 1)];
  Vector<T> sum[tile_rows];
#pragma GCC unroll 16
  for (int t = 0; t < tile_rows; ++t) sum[t] = t < count ? load(sums + t * w.channels, first) : Vector<T>(T(0));
  for (long i = 0; i < w.axis[2].result; ++i, x += w.axis[2].stride * w.channels, dy += w.channels) {
    const Vector<T> gradient = load(dy, first);
#pragma GCC unroll 16
    for (int t = 0; t < tile_rows; ++t) sum[t] = multiply_add<T>(load(x + offset[t], first), gradient, sum[t]);
  }
#pragma GCC unroll 16
  for (int t = 0; t < tile_rows; ++t)  // not "t < count": sums whose number is not known are kept in memory, and the whole takes twice as long
    if (t < count) save(sums + t * w.channels, sum[t], first);
}

/// The gradient with respect to the kernel (taps, channels).
template <class T>
void depthwise_kernel_gradient(const Windows& w, const T* x, const T* dy, T* dkernel, long batch) {
  const long size = w.taps() * w.channels, parts = std::min(batch, 16L);
  const bool border = !fits(w);
  const Bordered b = border ? bordered(w) : unbordered(w);
  const long image[] = {w.axis[0].image, w.axis[1].image, w.axis[2].image}, rows = w.axis[0].result * w.axis[1].result, width = w.axis[2].result * w.channels;
  const Segments taps = segments_of(w, b);
  const SumInParts<T> sum(dkernel, size, parts);
  parallel_for(parts, static_cast<double>(batch * w.result()) * static_cast<double>(size) / lanes<T>, [&](long part) {
    std::fill_n(sum.part(part), size, T(0));
    for (long sample = batch * part / parts; sample < batch * (part + 1) / parts; ++sample) {
      const T* seen = x + sample * w.image() * w.channels;
      if (border) {  // a copy for each image: it is still in the cache when it is read
        T* copy = scratch<T, Slot::image>(b.elements());
        b.fill(copy, seen, image, 0, b.lines());
        seen = copy;
      }
      for (long row = 0; row < rows; ++row)  // all channels of a row while it is in the cache
        for (long c = 0; c < w.channels; c += lanes<T>)
          for (long t = 0; t < taps.count; t += tile_rows)
            depthwise_taps(sum.part(part) + t * w.channels + c, seen + row_offset(w, b, row) + c, dy + (sample * rows + row) * width + c, w, taps.offset + t,
                           std::min<long>(tile_rows, taps.count - t), First<T>(w.channels - c));
    }
  });
  sum.add_up();
}

}  // namespace tenon::cpu::inline TENON_ISA
