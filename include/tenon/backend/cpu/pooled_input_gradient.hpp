// The gradient of a pooled convolution with respect to its input.
#pragma once

#include <tenon/backend/cpu/convolve.hpp>
#include <tenon/backend/cpu/lanes.hpp>
#include <tenon/backend/cpu/patches.hpp>

#include <limits>

namespace tenon::cpu::inline TENON_ISA {

/// d(patch) += sum over some filters of dy(filter) * kernel(filter, patch); row[i] is where the i-th of them begins in the kernel. The last vector
/// of a run reaches numbers beside the patch, to which it adds zeros; but NaN where dy is infinite or NaN. To leave them out takes up to a
/// twentieth of the time.
template <class T, long High, long Wide>
[[gnu::noinline]] void add_patches(T* d, const long* run, const T* kernel, long run_size, const T* dy, const std::int32_t* row, int count) {
  Vector<T> sum[High][Wide];
#pragma GCC unroll 24
  for (int r = 0; r < High; ++r)
#pragma GCC unroll 24
    for (int v = 0; v < Wide; ++v) sum[r][v] = load(d + run[r] + v * lanes<T>);
  for (int i = 0; i < count; ++i) {
    const Vector<T> factor(dy[i]);
    const T* from = kernel + row[i];
#pragma GCC unroll 24
    for (int r = 0; r < High; ++r) {
      const T* line = opaque(from + r * run_size);
#pragma GCC unroll 24
      for (int v = 0; v < Wide; ++v) sum[r][v] = multiply_add<T>(factor, load(line + v * lanes<T>), sum[r][v]);
    }
  }
#pragma GCC unroll 24
  for (int r = 0; r < High; ++r)
#pragma GCC unroll 24
    for (int v = 0; v < Wide; ++v) save(d + run[r] + v * lanes<T>, sum[r][v]);
}

/// kernel (taps, channels, filters) → (filters, patch): what each filter adds lies together.
template <class T>
void kernel_by_filter(T* to, const T* kernel, const Patch<T>& patch, long filters) {
  for (long r = 0; r < patch.runs; ++r)
    for (long f = 0; f < filters; f += lanes<T>)
      for (long j = 0; j < patch.vectors * lanes<T>; j += lanes<T>) {
        const T* from = kernel + (r * patch.length + j) * filters + f;
        T* square = to + f * patch.size() + r * patch.vectors * lanes<T> + j;
        if (j + lanes<T> <= patch.length && f + lanes<T> <= filters) {
          transpose_square(square, patch.size(), from, filters);
        } else {
          for (long k = 0; k < std::min<long>(lanes<T>, filters - f); ++k)
            for (long i = 0; i < lanes<T>; ++i) square[k * patch.size() + i] = j + i < patch.length ? from[i * filters + k] : T(0);
        }
      }
}

/// The filters of one window, sorted by the pixel that won; those with nothing to add are left out.
template <class T, long Filters>
struct Winners {
  T dy[Filters + lanes<T>];
  std::int32_t row[Filters + lanes<T>];
  int begin[5];

  void sort(const T* from, const std::int8_t* index, const std::int32_t* places) {
    int n = 0;
    for (int pixel = 0; pixel < 4; ++pixel) {
      begin[pixel] = n;
      for (long f = 0; f < Filters; f += lanes<T>) n += keep<T>(dy + n, row + n, from + f, places + f, index + f, pixel, First<T>(Filters - f));
    }
    begin[4] = n;
  }
};

/// Calls f(pixel, dy, row, count) for the filters that won at each pixel of the rows first..last of windows.
template <class T, long Filters, class F>
[[gnu::always_inline]] inline void each_winner(const Winners<T, Filters>* winners, long first, long last, long columns, const PatchPlaces& places, const F& f) {
  for (int pixel = 0; pixel < 4; ++pixel)  // neighbours would wait for each other's sums: every other window first
    for (int odd = 0; odd < 2; ++odd)
      for (long y = first; y < last; ++y)
        for (long x = odd; x < columns; x += 2) {
          const Winners<T, Filters>& won = winners[(y - first) * columns + x];
          const int begin = won.begin[pixel], end = won.begin[pixel + 1];
          if (begin < end) f(y * places.line + x * places.window + places.pixel[pixel], won.dy + begin, won.row + begin, end - begin);
        }
}

/// Does what comes after the gradient of one image, without the border.
template <class Epilogue, class T>
void finish_inside(const Windows& w, const KernelCall& call, const T* image, const Bordered& b, long sample) {
  const long height = w.axis[1].image, width = w.axis[2].image, channels = w.channels;
  const T* inside = image + b.low[1] * b.stride(1) + b.low[2] * channels;
  if (b.extent[2] == width) return Finish<T, Epilogue>::run(call, {inside, channels, sample * height * width, height * width, 0, channels, channels});
  for (long y = 0; y < height; ++y)
    Finish<T, Epilogue>::run(call, {inside + y * b.stride(1), channels, (sample * height + y) * width, width, 0, channels, channels});
}

/// Window by window: the filters are sorted by the pixel that won, and those of a pixel add their patches in registers.
template <class T, class G, class Epilogue>
struct CpuKernel<T, PooledInputGradient<G, Epilogue, DType::float32>> {
  static constexpr Windows w = windows_of<G>();
  static constexpr Patch<T> patch{w};

  static void run(const KernelCall& call) {
    Bordered b = bordered(w);
    for (int i = 0; i < 3; ++i) b.extent[i] = std::max(b.extent[i], b.low[i] + w.axis[i].image);  // some pixels may be under no window
    const PatchPlaces places(w, b);
    T* kernel = scratch<T, Slot::panel>(w.filters * patch.size());
    kernel_by_filter(kernel, static_cast<const T*>(call.in[1]), patch, w.filters);
    KernelCall beyond = call;  // for the epilogue, whose extra operands come behind the index
    ++beyond.in;
    const double work = static_cast<double>(call.extent[0] * windows * w.filters) * static_cast<double>(patch.size() / lanes<T>);
    parallel_for(call.extent[0], work, [&](long sample) {
      T* image = scratch<T, Slot::image>(b.elements() + lanes<T>);
      std::fill_n(image, b.elements() + lanes<T>, T(0));
      add_windows(image, places, kernel, static_cast<const T*>(call.in[0]) + sample * windows * w.filters, static_cast<const std::int8_t*>(call.in[2]) + sample * windows * w.filters);
      finish_inside<Epilogue>(w, beyond, image, b, sample);
    });
  }

 private:
  static constexpr long windows = w.result() / 4, columns = w.axis[2].result / 2;

  /// The vectors of a run that are added up at a time: so few that their part of the kernel stays in the first-level cache.
  static constexpr long wide = [] {
    constexpr long cache = 40 * 1024;
    long vectors = patch.wide;
    while ((vectors - 1) * patch.high >= 8 && w.filters * patch.high * vectors * static_cast<long>(lanes<T> * sizeof(T)) > cache) --vectors;
    return vectors;
  }();

  static_assert(w.filters * patch.size() < std::numeric_limits<std::int32_t>::max());
  struct Rows {
    std::int32_t at[w.filters + lanes<T>];
  };
  static constexpr Rows rows = [] {
    Rows r{};
    for (long f = 0; f < w.filters; ++f) r.at[f] = static_cast<std::int32_t>(f * patch.size());
    return r;
  }();

  /// Some rows of windows at a time: for so many windows a part of the kernel is read again and again.
  static void add_windows(T* image, const PatchPlaces& places, const T* kernel, const T* dy, const std::int8_t* index) {
    constexpr long rows_at_once = std::max(1L, 64 / columns), height = w.axis[1].result / 2;
    using Winners = cpu::Winners<T, w.filters>;
    Winners* winners = scratch<Winners, Slot::block>(rows_at_once * columns);
    for (long first = 0; first < height; first += rows_at_once) {
      const long last = std::min(height, first + rows_at_once), count = (last - first) * columns;
      for (long i = 0; i < count; ++i) winners[i].sort(dy + (first * columns + i) * w.filters, index + (first * columns + i) * w.filters, rows.at);
      each_part<T, patch.runs, patch.vectors, patch.high, wide>([&]<long High, long Wide>(long run, long vector) {
        const T* part = kernel + (run * patch.vectors + vector) * lanes<T>;
        each_winner(winners, first, last, columns, places, [&](long pixel, const T* d, const std::int32_t* row, int winning) {
          add_patches<T, High, Wide>(image + pixel + vector * lanes<T>, places.runs.offset + run, part, patch.vectors * lanes<T>, d, row, winning);
        });
      });
    }
  }
};

}  // namespace tenon::cpu::inline TENON_ISA
