// The gradient of a pooled convolution with respect to its input.
#pragma once

#include <tenon/backend/cpu/convolve.hpp>
#include <tenon/backend/cpu/patches.hpp>

namespace tenon::cpu::inline TENON_ISA {

/// d(patch) += sum over filters of dy(filter) * kernel(filter, patch), for some of the filters. `kernel` has rows of `size` numbers.
template <class T, long High, long Wide>
[[gnu::noinline]] void add_patches(T* d, const long* run, const T* kernel, long size, long run_size, const T* dy, const int* filters, int count) {
  Vector<T> sum[High][Wide];
#pragma GCC unroll 24
  for (int r = 0; r < High; ++r)
#pragma GCC unroll 24
    for (int v = 0; v < Wide; ++v) sum[r][v] = load(d + run[r] + v * lanes<T>);
  for (int i = 0; i < count; ++i) {
    const Vector<T> factor(dy[filters[i]]);
    const T* row = kernel + filters[i] * size;
#pragma GCC unroll 24
    for (int r = 0; r < High; ++r)
#pragma GCC unroll 24
      for (int v = 0; v < Wide; ++v) sum[r][v] = multiply_add<T>(factor, load(row + r * run_size + v * lanes<T>), sum[r][v]);
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

/// Window by window: the filters are sorted by the pixel that won, and those of a pixel add their patches in registers.
template <class T, class G, class Epilogue>
struct CpuKernel<T, PooledInputGradient<G, Epilogue>> {
  static constexpr Windows w = windows_of<G>();
  static constexpr Patch<T> patch{w};

  static void run(const KernelCall& call) {
    const Bordered b = bordered(w);
    const PatchPlaces places(w, b);
    T* kernel = scratch<T, 1>(w.filters * patch.size());
    kernel_by_filter(kernel, static_cast<const T*>(call.in[1]), patch, w.filters);
    KernelCall beyond = call;  // for the epilogue, whose extra operands come behind the index
    ++beyond.in;
    const double work = static_cast<double>(call.extent[0] * windows * w.filters) * static_cast<double>(patch.size() / lanes<T>);
    parallel_for(call.extent[0], work, [&](long sample) {
      T* image = scratch<T, 2>(b.elements() + lanes<T>);
      std::fill_n(image, b.elements() + lanes<T>, T(0));
      add_windows(image, places, kernel, static_cast<const T*>(call.in[0]) + sample * windows * w.filters, static_cast<const std::int8_t*>(call.in[2]) + sample * windows * w.filters);
      finish(beyond, image, b, sample);
    });
  }

 private:
  static constexpr long windows = w.result() / 4;

  static void add_windows(T* image, const PatchPlaces& places, const T* kernel, const T* dy, const std::int8_t* index) {
    for (long y = 0; y < w.axis[1].result / 2; ++y)
      for (long x = 0; x < w.axis[2].result / 2; ++x, dy += w.filters, index += w.filters) {
        int filters[4][w.filters + 1], count[4] = {};
        for (int f = 0; f < w.filters; ++f) {
          const int pixel = index[f];
          filters[pixel][count[pixel]] = f;
          count[pixel] += dy[f] != 0;
        }
        T* at = image + y * places.line + x * places.window;
        each_part<T, patch.runs, patch.vectors, patch.high, patch.wide>([&]<long High, long Wide>(long run, long vector) {
          const T* part = kernel + (run * patch.vectors + vector) * lanes<T>;
          for (int pixel = 0; pixel < 4; ++pixel)
            if (count[pixel] > 0)
              add_patches<T, High, Wide>(at + places.pixel[pixel] + vector * lanes<T>, places.run + run, part, patch.size(), patch.vectors * lanes<T>, dy, filters[pixel], count[pixel]);
        });
      }
  }

  /// Cuts off the border, and does what comes next.
  static void finish(const KernelCall& call, const T* image, const Bordered& b, long sample) {
    const long rows = w.axis[1].image, columns = w.axis[2].image, channels = w.channels;
    long batch = 0;
    if constexpr (uses_batch<Epilogue>) batch = call.extent[1];
    T* line = scratch<T, 3>(columns * channels + lanes<T>);
    for (long y = 0; y < rows; ++y) {  // a convolution with strides may leave some pixels out
      const long from = y + b.low[1], first = std::max(0L, -b.low[2]);
      std::fill_n(line, columns * channels + lanes<T>, T(0));
      if (from < b.extent[1])
        std::copy_n(image + from * b.stride(1) + (first + b.low[2]) * channels, std::min(columns - first, b.extent[2] - b.low[2] - first) * channels, line + first * channels);
      Finish<T, Epilogue>::run(call, batch, {line, channels, (sample * rows + y) * columns, columns, 0, channels, channels});
    }
  }
};

}  // namespace tenon::cpu::inline TENON_ISA
