// The gradient of a pooled convolution of bfloat16 numbers with respect to its input.
#pragma once

#include <tenon/backend/cpu/bfloat16_tile.hpp>
#include <tenon/backend/cpu/pooled_input_gradient.hpp>

namespace tenon::cpu::inline TENON_ISA {

/// PooledInputGradient in pairs of filters.
template <class T, class G, class Epilogue>
struct PairedInputGradient;

#if defined(TENON_HAS_BFLOAT16_INSTRUCTIONS)

/// What add_patches does in pooled_input_gradient.hpp, for two filters at a time.
template <long High, long Wide>
[[gnu::noinline]] void add_patch_pairs(float* d, const long* run, const Bfloat16* kernel, long run_size, const float* dy, const std::int32_t* row, int count) {
  __m512 sum[High][2 * Wide];
#pragma GCC unroll 24
  for (int r = 0; r < High; ++r)
#pragma GCC unroll 24
    for (int v = 0; v < 2 * Wide; ++v) sum[r][v] = _mm512_loadu_ps(d + run[r] + 16 * v);
  const auto add = [&](int i, bool alone) __attribute__((always_inline)) {
    const auto upper_half = [](float x) { return std::bit_cast<Pair>(x) >> 16; };  // dy was bfloat16
    const __m512i factor = _mm512_set1_epi32(static_cast<int>(upper_half(dy[i]) | (alone ? 0u : upper_half(dy[i + 1]) << 16)));
    const Bfloat16 *first = kernel + row[i], *second = alone ? first : kernel + row[i + 1];
#pragma GCC unroll 24
    for (int r = 0; r < High; ++r) {
      const Bfloat16 *a = opaque(first + r * run_size), *b = opaque(second + r * run_size);
#pragma GCC unroll 24
      for (int v = 0; v < Wide; ++v) {
        const __m512i x = _mm512_loadu_si512(a + 32 * v), y = alone ? _mm512_setzero_si512() : _mm512_loadu_si512(b + 32 * v);
        sum[r][2 * v] = add_pairs(sum[r][2 * v], factor, _mm512_unpacklo_epi16(x, y));
        sum[r][2 * v + 1] = add_pairs(sum[r][2 * v + 1], factor, _mm512_unpackhi_epi16(x, y));
      }
    }
  };
  int i = 0;
  for (; i + 2 <= count; i += 2) add(i, false);
  if (i < count) add(i, true);
#pragma GCC unroll 24
  for (int r = 0; r < High; ++r)
#pragma GCC unroll 24
    for (int v = 0; v < 2 * Wide; ++v) _mm512_storeu_ps(d + run[r] + 16 * v, sum[r][v]);
}

template <class G, class Epilogue>
struct PairedInputGradient<float, G, Epilogue> {
  static constexpr Windows w = windows_of<G>();
  static constexpr Patch<float> patch{w};

  static void run(const KernelCall& call) {
    Bordered b = bordered(w);
    for (int i = 0; i < 3; ++i) b.extent[i] = std::max(b.extent[i], b.low[i] + w.axis[i].image);  // some pixels may be under no window
    const PatchPlaces places(w, b);
    Bfloat16* kernel = scratch<Bfloat16, Slot::panel>(w.filters * size);
    by_filter(kernel, static_cast<const Bfloat16*>(call.in[1]));
    KernelCall beyond = call;  // for the epilogue, whose extra operands come behind the index
    ++beyond.in;
    const double work = static_cast<double>(call.extent[0] * windows * w.filters) * static_cast<double>(size / 32);
    parallel_for(call.extent[0], work, [&](long sample) {
      float* image = scratch<float, Slot::image>(b.elements() + 32);
      std::fill_n(image, b.elements() + 32, 0.f);
      add_windows(image, places, kernel, static_cast<const Bfloat16*>(call.in[0]) + sample * windows * w.filters, static_cast<const std::int8_t*>(call.in[2]) + sample * windows * w.filters);
      finish_inside<Epilogue>(w, beyond, image, b, sample);
    });
  }

 private:
  static constexpr long windows = w.result() / 4, columns = w.axis[2].result / 2;
  static constexpr long chunks = (patch.length + 31) / 32, size = patch.runs * chunks * 32;  // of a run, and the numbers of a filter
  static_assert(w.filters * size < std::numeric_limits<std::int32_t>::max());
  static constexpr long widest = std::min(chunks, 6L), high = std::clamp(12 / widest, 1L, patch.runs);
  /// The chunks of a run that are added up at a time: so few that their part of the kernel stays in the first-level cache.
  static constexpr long wide = [] {
    long n = widest;
    while (n > 1 && (n - 1) * high >= 4 && w.filters * high * n * 64 > 40 * 1024) --n;
    return n;
  }();
  struct Rows {
    std::int32_t at[w.filters + 16];
  };
  static constexpr Rows rows = [] {
    Rows r{};
    for (long f = 0; f < w.filters; ++f) r.at[f] = static_cast<std::int32_t>(f * size);
    return r;
  }();

  /// kernel (taps, channels, filters) → (filters, patch), every 32 numbers in the order from which interleaving within 128 bits makes the right one.
  static void by_filter(Bfloat16* to, const Bfloat16* kernel) {
    std::fill_n(to, w.filters * size, Bfloat16(0.f));
    for (long r = 0; r < patch.runs; ++r)
      for (long j = 0; j < patch.length; ++j) {
        const long n = j % 32, place = (r * chunks + j / 32) * 32 + n % 16 / 4 * 8 + n / 16 * 4 + n % 4;
        for (long f = 0; f < w.filters; ++f) to[f * size + place] = kernel[(r * patch.length + j) * w.filters + f];
      }
  }

  static void add_windows(float* image, const PatchPlaces& places, const Bfloat16* kernel, const Bfloat16* dy, const std::int8_t* index) {
    constexpr long rows_at_once = std::max(1L, 64 / columns), height = w.axis[1].result / 2;
    auto* winners = scratch<Winners<float, w.filters>, Slot::block>(rows_at_once * columns);
    float all[w.filters];
    for (long first = 0; first < height; first += rows_at_once) {
      const long last = std::min(height, first + rows_at_once), count = (last - first) * columns;
      for (long i = 0; i < count; ++i) {
        const long at = (first * columns + i) * w.filters;
        for (long f = 0; f < w.filters; f += 16) save(all + f, load<float>(dy + at + f, First<float>(w.filters - f)), First<float>(w.filters - f));
        winners[i].sort(all, index + at, rows.at);
      }
      each_part<float, patch.runs, chunks, high, wide>([&]<long High, long Wide>(long run, long chunk) {
        const Bfloat16* part = kernel + (run * chunks + chunk) * 32;
        each_winner(winners, first, last, columns, places, [&](long pixel, const float* d, const std::int32_t* row, int winning) {
          add_patch_pairs<High, Wide>(image + pixel + chunk * 32, places.runs.offset + run, part, chunks * 32, d, row, winning);
        });
      });
    }
  }
};
#endif

}  // namespace tenon::cpu::inline TENON_ISA
