// The gradient of a pooled convolution with respect to its kernel: filter by filter, patches as vectors.
#pragma once

#include <tenon/backend/cpu/bordered_copies.hpp>
#include <tenon/backend/cpu/kernel.hpp>
#include <tenon/backend/cpu/lanes.hpp>
#include <tenon/backend/cpu/patches.hpp>
#include <tenon/backend/cpu/sum.hpp>

namespace tenon::cpu::inline TENON_ISA {

/// The windows of one image as a filter sees them: its gradient, and which pixel won, `filters` apart.
template <class T>
struct PooledColumn {
  const T* x;
  const T* dy;
  const std::int8_t* index;
  long filters, rows, columns;
};

/// sum(filter, patch) += sum over windows of dy(window, filter) * x(patch at the pixel that won), for `Filters` neighbouring filters,
/// whose sums lie `size` apart. Several at a time keep the machine busy where the patch is small.
template <class T, int Filters, long High, long Wide>
[[gnu::noinline]] void add_windows(T* sums, long size, long run_size, const long* run, const PatchPlaces& places, const PooledColumn<T>& c) {
  Vector<T> sum[Filters][High][Wide];
#pragma GCC unroll 4
  for (int f = 0; f < Filters; ++f)
#pragma GCC unroll 24
    for (int r = 0; r < High; ++r)
#pragma GCC unroll 24
      for (int v = 0; v < Wide; ++v) sum[f][r][v] = load(sums + f * size + r * run_size + v * lanes<T>);
  const T* dy = c.dy;
  const std::int8_t* index = c.index;
  long runs[High];
#pragma GCC unroll 24
  for (int r = 0; r < High; ++r) runs[r] = run[r];
  for (long y = 0; y < c.rows; ++y) {
    const T* x = c.x + y * places.line;
    for (long i = 0; i < c.columns; ++i, x += places.window, dy += c.filters, index += c.filters) {
#pragma GCC unroll 4
      for (int f = 0; f < Filters; ++f) {
        const Vector<T> factor(dy[f]);
        const T* at = x + places.pixel[index[f]];
#pragma GCC unroll 24
        for (int r = 0; r < High; ++r) {
          const T* line = opaque(at + runs[r]);
#pragma GCC unroll 24
          for (int v = 0; v < Wide; ++v) sum[f][r][v] = multiply_add<T>(factor, load(line + v * lanes<T>), sum[f][r][v]);
        }
      }
    }
  }
#pragma GCC unroll 4
  for (int f = 0; f < Filters; ++f)
#pragma GCC unroll 24
    for (int r = 0; r < High; ++r)
#pragma GCC unroll 24
      for (int v = 0; v < Wide; ++v) save(sums + f * size + r * run_size + v * lanes<T>, sum[f][r][v]);
}

/// (filters, patch) → kernel (taps, channels, filters), for `count` filters from `first` on.
template <class T>
void patches_to_kernel(T* kernel, const T* sums, const Patch<T>& patch, long filters, long first, long count) {
  for (long r = 0; r < patch.runs; ++r)
    for (long j = 0; j < patch.length; j += lanes<T>) {
      const T* from = sums + (r * patch.vectors) * lanes<T> + j;
      T* to = kernel + (r * patch.length + j) * filters + first;
      if (count == lanes<T> && j + lanes<T> <= patch.length) {
        transpose_square(to, filters, from, patch.size());
      } else {
        for (long i = 0; i < std::min<long>(lanes<T>, patch.length - j); ++i)
          for (long f = 0; f < count; ++f) to[i * filters + f] = from[f * patch.size() + i];
      }
    }
}

/// Filter by filter: the patches under the pixels that won, times their gradients, are added up in registers. A chunk is one vector of
/// filters and some of the images; how many depends on sizes only.
template <class T, class G>
struct KernelGradientByFilter {
  static constexpr Windows w = windows_of<G>();
  static constexpr Patch<T> patch{w};
  static constexpr bool as_it_is = fits(w) && patch.whole();

  static void run(const KernelCall& call) {
    const long batch = call.extent[0], blocks = (w.filters + lanes<T> - 1) / lanes<T>, size = w.taps() * w.channels * w.filters;
    constexpr Bordered b = as_it_is ? unbordered(w) : bordered(w);
    const T* images = static_cast<const T*>(call.in[0]);
    if constexpr (!as_it_is) images = bordered_copies(images, w, b, batch);
    const PatchPlaces places(w, b);
    const long parts = std::clamp<long>(8 / blocks, 1, std::max(1L, batch));
    const SumInParts<T> sum(static_cast<T*>(call.out[0]), size, parts);
    const double work = static_cast<double>(batch * windows * w.filters) * static_cast<double>(patch.size() / lanes<T>);
    parallel_for(blocks * parts, work, [&](long chunk) {
      const long part = chunk / blocks, first = chunk % blocks * lanes<T>, count = std::min<long>(lanes<T>, w.filters - first);
      T* patches = scratch<T, Slot::block>(lanes<T> * patch.size());
      std::fill_n(patches, lanes<T> * patch.size(), T(0));
      for (long sample = batch * part / parts; sample < batch * (part + 1) / parts; ++sample) {
        const long at = sample * windows * w.filters + first;
        add_image(patches, count, places,
                  {images + sample * b.elements(), static_cast<const T*>(call.in[1]) + at, static_cast<const std::int8_t*>(call.in[2]) + at, w.filters, w.axis[1].result / 2, w.axis[2].result / 2});
      }
      patches_to_kernel(sum.part(part), patches, patch, w.filters, first, count);
    });
    sum.add_up();
  }

 private:
  static constexpr long windows = w.result() / 4;

  static void add_image(T* patches, long count, const PatchPlaces& places, const PooledColumn<T>& all) {
    each_part<T, patch.runs, patch.vectors, patch.high, patch.wide>([&]<long High, long Wide>(long run, long vector) {
      constexpr int together = static_cast<int>(std::clamp(patch.registers / 2 / (High * Wide), 1L, 4L));
      PooledColumn<T> c = all;
      c.x += vector * lanes<T>;
      T* to = patches + (run * patch.vectors + vector) * lanes<T>;
      long f = 0;
      const auto next = [&]<int Filters>() {
        add_windows<T, Filters, High, Wide>(to + f * patch.size(), patch.size(), patch.vectors * lanes<T>, places.runs.offset + run, places, c);
        f += Filters, c.dy += Filters, c.index += Filters;
      };
      while (f + together <= count) next.template operator()<together>();
      while (f < count) next.template operator()<1>();
    });
  }
};

}  // namespace tenon::cpu::inline TENON_ISA
