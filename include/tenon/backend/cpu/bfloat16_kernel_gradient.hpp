// The gradient of a convolution of bfloat16 numbers with respect to its kernel.
#pragma once

#include <tenon/backend/cpu/bfloat16_panel.hpp>
#include <tenon/backend/cpu/bordered_copies.hpp>
#include <tenon/backend/cpu/segments.hpp>
#include <tenon/backend/cpu/sum.hpp>

namespace tenon::cpu::inline TENON_ISA {

/// dkernel(tap, channel, filter) = sum over pixels of x(pixel under the tap, channel) * dy(pixel, filter). The partner of a number of x is what
/// the next position of the window sees in its place, so one copy of an image in pairs serves all taps; dy is interleaved on the way.
template <class T>
struct PairedKernelGradient;

#if defined(TENON_HAS_BFLOAT16_INSTRUCTIONS)
template <>
struct PairedKernelGradient<float> {
  const Windows& w;
  const Bfloat16* x;
  const Bfloat16* dy;
  float* dkernel;
  long batch;

  void run() const {
    const Bordered b = fits(w) ? unbordered(w) : bordered(w);
    const Bfloat16* images = fits(w) ? x : bordered_copies(x, w, b, batch);
    const Segments window = segments_of(w, b), pixels = pixels_of(w, b);

    // A chunk is one segment, summed over some of the images; how many depends on sizes only.
    const long size = w.kernel(), blocks = window.count * w.groups;
    const long parts = std::clamp<long>(std::min(32 / blocks, (1L << 22) / std::max(1L, size)), 1, std::max(1L, batch));
    const SumInParts<float> sum(dkernel, size, parts);
    const double work = static_cast<double>(batch * w.result()) * static_cast<double>(w.taps() * w.channels) * static_cast<double>(w.group_filters() + 16) / 32;
    parallel_for(blocks * parts, work, [&](long chunk) {
      const long part = chunk / blocks, segment = chunk % blocks / w.groups, g = chunk % w.groups;
      add_up(images, window.offset[segment] + g * w.group_channels(), b.elements(), pixels, sum.part(part) + segment * window.length * w.filters + g * w.group_filters(),
             window.length, dy + g * w.group_filters(), batch * part / parts, batch * (part + 1) / parts);
    });
    sum.add_up();
  }

 private:
  static constexpr long width = 32;

  void add_up(const Bfloat16* from, long offset, long image, const Segments& pixels, float* sums, long rows, const Bfloat16* gradients, long first, long last) const {
    const long filters = w.group_filters(), wide = (filters + width - 1) / width * width, step = w.axis[2].stride * w.channels;
    Pair* pairs = scratch<Pair, Slot::panel>(image + width);
    float* block = scratch<float, Slot::block>(rows * wide);
    long* begin = scratch<long, Slot::pair_offsets>(pixels.count);
    for (int s = 0; s < pixels.count; ++s) begin[s] = 2 * pixels.offset[s];
    for (long sample = first; sample < last; ++sample) {
      pair_with(pairs, from + sample * image, step, image);
      for (long j = 0; j < filters; j += width) {
        const __mmask32 mask = first_of_32(filters - j);
        nearly_equal(rows, tile_rows, [&](long row, long height) {
          const Left<Bfloat16> left{reinterpret_cast<const Bfloat16*>(pairs + offset + row), 2, 2 * step, begin, pixels.count, pixels.length};
          pair_tile_of<true>(height, 2)(left, gradients + sample * w.result() * w.filters + j, 2 * w.filters, mask, block + row * wide + j, wide, sample > first);
        });
      }
    }
    for (long row = 0; row < rows; ++row) std::copy_n(block + row * wide, filters, sums + row * w.filters);
  }
};

#endif

}  // namespace tenon::cpu::inline TENON_ISA
