// The gradient of a pooled convolution of bfloat16 numbers with respect to its kernel.
#pragma once

#include <tenon/backend/cpu/bfloat16_tile.hpp>
#include <tenon/backend/cpu/pooled_by_filter.hpp>

namespace tenon::cpu::inline TENON_ISA {

/// KernelGradientByFilter in pairs of windows.
template <class T, class G>
struct PairedKernelGradientByFilter;

#if defined(TENON_HAS_BFLOAT16_INSTRUCTIONS)
/// The windows of one image as a filter sees them, as in PooledColumn; window[i] is where the i-th begins.
struct PairedColumn {
  const Bfloat16* x;
  const Bfloat16* dy;
  const std::int8_t* index;
  const long* window;
  long windows, filters;
};

/// What add_windows does in pooled_by_filter.hpp, for two windows at a time. The patches of the two are interleaved within each 128 bits, which
/// leaves the sums of every 32 numbers in another order: see in_order.
template <int Filters, long High, long Wide>
[[gnu::noinline]] void add_window_pairs(float* sums, long size, long run_size, const long* run, const PatchPlaces& places, const PairedColumn& c) {
  __m512 sum[Filters][High][2 * Wide];
#pragma GCC unroll 4
  for (int f = 0; f < Filters; ++f)
#pragma GCC unroll 24
    for (int r = 0; r < High; ++r)
#pragma GCC unroll 24
      for (int v = 0; v < 2 * Wide; ++v) sum[f][r][v] = _mm512_loadu_ps(sums + f * size + r * run_size + v * 16);
  long runs[High];
#pragma GCC unroll 24
  for (int r = 0; r < High; ++r) runs[r] = run[r];
  const auto add = [&](long i, bool alone) __attribute__((always_inline)) {
    const Bfloat16* dy = c.dy + i * c.filters;
    const std::int8_t* index = c.index + i * c.filters;
    const long next = alone ? 0 : c.filters;
#pragma GCC unroll 4
    for (int f = 0; f < Filters; ++f) {
      const unsigned partner = alone ? 0u : dy[f + next].bits;
      const __m512i factor = _mm512_set1_epi32(static_cast<int>(dy[f].bits | partner << 16));
      const Bfloat16 *first = c.x + c.window[i] + places.pixel[index[f]], *second = alone ? first : c.x + c.window[i + 1] + places.pixel[index[f + next]];
#pragma GCC unroll 24
      for (int r = 0; r < High; ++r) {
        const Bfloat16 *a = opaque(first + runs[r]), *b = opaque(second + runs[r]);
#pragma GCC unroll 24
        for (int v = 0; v < Wide; ++v) {
          const __m512i x = _mm512_loadu_si512(a + 32 * v), y = alone ? _mm512_setzero_si512() : _mm512_loadu_si512(b + 32 * v);
          sum[f][r][2 * v] = add_pairs(sum[f][r][2 * v], factor, _mm512_unpacklo_epi16(x, y));
          sum[f][r][2 * v + 1] = add_pairs(sum[f][r][2 * v + 1], factor, _mm512_unpackhi_epi16(x, y));
        }
      }
    }
  };
  long i = 0;
  for (; i + 2 <= c.windows; i += 2) add(i, false);
  if (i < c.windows) add(i, true);
#pragma GCC unroll 4
  for (int f = 0; f < Filters; ++f)
#pragma GCC unroll 24
    for (int r = 0; r < High; ++r)
#pragma GCC unroll 24
      for (int v = 0; v < 2 * Wide; ++v) _mm512_storeu_ps(sums + f * size + r * run_size + v * 16, sum[f][r][v]);
}

/// Every 32 sums as the numbers lie.
inline void in_order(float* sums, long count) {
  for (long i = 0; i < count; i += 32) {
    float mixed[32];
    std::copy_n(sums + i, 32, mixed);
    for (int n = 0; n < 32; ++n) sums[i + n] = mixed[n / 4 % 2 * 16 + n / 8 * 4 + n % 4];
  }
}

template <class G>
struct PairedKernelGradientByFilter<float, G> {
  static constexpr Windows w = windows_of<G>();
  static constexpr Patch<float> patch = [] {
    Patch<float> p(w);
    p.vectors += p.vectors % 2;
    return p;
  }();
  static constexpr bool as_it_is = fits(w) && patch.length % 32 == 0;

  static void run(const KernelCall& call) {
    constexpr long filters_at_once = 16;
    const long batch = call.extent[0], blocks = (w.filters + filters_at_once - 1) / filters_at_once;
    constexpr Bordered b = as_it_is ? unbordered(w) : bordered(w);
    const auto* images = static_cast<const Bfloat16*>(call.in[0]);
    if constexpr (!as_it_is) images = bordered_copies(images, w, b, batch);
    const PatchPlaces places(w, b);
    long* window = scratch<long, Slot::pixel_offsets>(windows);
    for (long i = 0; i < windows; ++i) window[i] = i / columns * places.line + i % columns * places.window;
    const long parts = std::clamp<long>(8 / blocks, 1, std::max(1L, batch));
    const SumInParts<float> sum(static_cast<float*>(call.out[0]), w.kernel(), parts);
    const double work = static_cast<double>(batch * windows * w.filters) * static_cast<double>(patch.size() / 32);
    parallel_for(blocks * parts, work, [&](long chunk) {
      const long part = chunk / blocks, first = chunk % blocks * filters_at_once, count = std::min(filters_at_once, w.filters - first);
      float* patches = scratch<float, Slot::block>(filters_at_once * patch.size());
      std::fill_n(patches, filters_at_once * patch.size(), 0.f);
      for (long sample = batch * part / parts; sample < batch * (part + 1) / parts; ++sample) {
        const long at = sample * windows * w.filters + first;
        add_image(patches, count, places, {images + sample * b.elements(), static_cast<const Bfloat16*>(call.in[1]) + at, static_cast<const std::int8_t*>(call.in[2]) + at, window, windows, w.filters});
      }
      in_order(patches, filters_at_once * patch.size());
      patches_to_kernel(sum.part(part), patches, patch, w.filters, first, count);
    });
    sum.add_up();
  }

 private:
  static constexpr long windows = w.result() / 4, columns = w.axis[2].result / 2;
  static constexpr long chunks = patch.vectors / 2, wide = std::min(chunks, 6L), high = std::clamp(12 / wide, 1L, patch.runs);

  static void add_image(float* patches, long count, const PatchPlaces& places, const PairedColumn& all) {
    each_part<float, patch.runs, chunks, high, wide>([&]<long High, long Wide>(long run, long at) {
      constexpr int together = static_cast<int>(std::clamp(6 / (High * Wide), 1L, 4L));
      PairedColumn c = all;
      c.x += 32 * at;
      float* to = patches + (run * chunks + at) * 32;
      long f = 0;
      const auto next = [&]<int Filters>() {
        add_window_pairs<Filters, High, Wide>(to + f * patch.size(), patch.size(), chunks * 32, places.runs.offset + run, places, c);
        f += Filters, c.dy += Filters, c.index += Filters;
      };
      while (f + together <= count) next.template operator()<together>();
      while (f < count) next.template operator()<1>();
    });
  }
};

#endif

}  // namespace tenon::cpu::inline TENON_ISA
