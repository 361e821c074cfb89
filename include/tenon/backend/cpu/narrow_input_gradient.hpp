// The gradient of a convolution of few channels with respect to its input: vectors run along pixels.
#pragma once

#include <tenon/backend/cpu/epilogue.hpp>
#include <tenon/backend/cpu/panel.hpp>
#include <tenon/backend/cpu/scratch.hpp>
#include <tenon/backend/cpu/tile.hpp>
#include <tenon/backend/cpu/window.hpp>
#include <tenon/core/threads.hpp>

namespace tenon::cpu::inline TENON_ISA {

/// So few channels that a vector along them would be mostly empty: up to here this way is the faster one.
template <class T>
constexpr bool has_few_channels(const Windows& w) { return w.groups == 1 && w.channels <= lanes<T> * 3 / 8; }

/// What each pixel of dy adds to dx under each tap is a product: shares(tap and channel, pixel) = kernel(tap and channel, filter) · dyᵀ. Then the
/// shares of a tap are added to dx, moved to where the tap sees.
template <class T>
struct NarrowInputGradient {
  Windows w;
  const T* dy;
  const T* kernel;  ///< (taps, channels, filters)

  /// dx of one image: (channels, pixels).
  void run(T* dx, const T* gradient) const {
    std::fill_n(dx, w.image() * w.channels, T(0));
    const long rows = w.axis[0].result * w.axis[1].result, length = w.axis[2].result, count = w.taps() * w.channels;
    const long most = std::clamp(near / (count * length), 1L, rows), row_of_shares = (most * length + strip - 1) / strip * strip;
    T* shares = scratch<T, Slot::block>(count * row_of_shares);
    for (long first = 0; first < rows; first += most) {
      const long last = std::min(rows, first + most);
      share(shares, row_of_shares, gradient + first * length * w.filters, (last - first) * length);
      for (long i = 0; i < count; ++i) add_tap(dx + i % w.channels * w.image(), shares + i * row_of_shares, i / w.channels, first, last);
    }
  }

 private:
  static constexpr long strip = tile_columns<T>, near = 32768 / sizeof(T);  // numbers that stay in the first-level cache

  void share(T* shares, long row, const T* gradient, long pixels) const {
    T* panel = scratch<T, Slot::panel>(w.filters * strip);
    const long zero = 0;
    for (long at = 0; at < pixels; at += strip) {
      const long pixel = std::clamp(pixels - strip, 0L, at);  // the last strip is whole, too: some pixels are done once more
      pack_transposed(panel, strip, gradient + pixel * w.filters, w.filters, w.filters, std::min(strip, pixels - pixel));
      nearly_equal(w.taps() * w.channels, tile_rows, [&](long first, long height) {
        tile_of<T>(height, 2)({kernel + first * w.filters, w.filters, 1, &zero, 1, w.filters}, panel, strip, shares + first * row + pixel, row, false);
      });
    }
  }

  void add_tap(T* dx, const T* shares, long tap, long first, long last) const {
    const Axis &plane = w.axis[0], &line = w.axis[1], &a = w.axis[2];
    const long at = tap % a.size * a.dilation - a.low, down = tap / a.size % line.size * line.dilation - line.low, deep = tap / a.size / line.size * plane.dilation - plane.low;
    const long begin = at < 0 ? (-at + a.stride - 1) / a.stride : 0, end = at < a.image ? std::min(a.result, (a.image - at - 1) / a.stride + 1) : 0;
    const auto each_row = [&](const auto& add) {
      long z = first / line.result * plane.stride + deep, y = first % line.result * line.stride + down;
      const T* from = shares + begin;
      for (long r = first; r < last; ++r, from += a.result, y += line.stride) {
        if (y == line.result * line.stride + down) y = down, z += plane.stride;
        if (z >= 0 && z < plane.image && y >= 0 && y < line.image) add(dx + (z * line.image + y) * a.image + at + begin * a.stride, from);
      }
    };
    const long count = end - begin;
    if (count <= 0) return;
    if (a.stride > 1) return each_row([&](T* to, const T* from) { for (long i = 0; i < count; ++i) to[i * a.stride] += from[i]; });
    // Down the rows, a vector wide: a masked store keeps whoever reads beside it waiting.
    long i = 0;
    for (; i + lanes<T> <= count; i += lanes<T>) each_row([&](T* to, const T* from) { save(to + i, load(to + i) + load(from + i)); });
    if (const First<T> rest(count - i); rest.count > 0) each_row([&](T* to, const T* from) { save(to + i, load(to + i, rest) + load(from + i, rest), rest); });
  }
};

template <class T, class Epilogue>
void narrow_input_gradient(const NarrowInputGradient<T>& p, const KernelCall& call) {
  const Windows& w = p.w;
  const long batch = call.extent[0], size = w.image() * w.channels;
  const double work = static_cast<double>(batch * w.result() * w.taps()) * static_cast<double>(w.filters * w.channels) / lanes<T> * 2;
  parallel_for(batch, work, [&](long sample) {
    T* dx = scratch<T, Slot::image>(size + lanes<T>);
    p.run(dx, p.dy + sample * w.result() * w.filters);
    if (w.channels > 1) {
      T* planes = std::exchange(dx, scratch<T, Slot::aside>(size + lanes<T>));
      for (long c = 0; c < w.channels; ++c)
        for (long i = 0; i < w.image(); ++i) dx[i * w.channels + c] = planes[c * w.image() + i];
    }
    if (is_flat<Epilogue>) Finish<T, Epilogue>::run(call, {dx, size, 0, 1, sample * size, size, batch * size});
    else Finish<T, Epilogue>::run(call, {dx, w.channels, sample * w.image(), w.image(), 0, w.channels, w.channels});
  });
}

}  // namespace tenon::cpu::inline TENON_ISA
