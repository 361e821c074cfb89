// Gradients of convolutions with respect to the kernel.
#pragma once

#include <tenon/backend/cpu/bordered_copies.hpp>
#include <tenon/backend/cpu/depthwise.hpp>
#include <tenon/backend/cpu/kernel.hpp>
#include <tenon/backend/cpu/panel.hpp>
#include <tenon/backend/cpu/segments.hpp>
#include <tenon/backend/cpu/sum.hpp>
#include <tenon/backend/cpu/tile.hpp>

namespace tenon::cpu::inline TENON_ISA {

/// dkernel(tap, channel, filter) = sum over images and pixels of x(pixel under the tap, channel) * dy(pixel, filter): products whose
/// rows are the elements of a segment of the window and whose steps are the pixels of an image.
template <class T>
struct KernelGradient {
  Windows w;
  const T* x;
  const T* dy;
  T* dkernel;
  long batch;

  void run() const {
    if (is_depthwise(w)) return depthwise_kernel_gradient(w, x, dy, dkernel, batch);
    constexpr long width = tile_columns<T>;
    const Bordered b = fits(w) ? unbordered(w) : bordered(w);
    const T* images = fits(w) ? x : bordered_copies(x, w, b, batch);
    const Segments window = segments_of(w, b), pixels = pixels_of(w, b);

    // A chunk is some columns of one segment, summed over some of the images; how many depends on sizes only.
    const long columns = w.group_filters(), panels = (columns + width - 1) / width, size = w.taps() * w.group_channels() * w.filters;
    const long blocks = window.count * w.groups * panels;
    const long parts = std::clamp<long>(std::min(32 / blocks, (1L << 22) / std::max(1L, size)), 1, std::max(1L, batch));
    const SumInParts<T> sum(dkernel, size, parts);
    const double work = static_cast<double>(batch * w.result()) * static_cast<double>(w.taps() * w.channels) * static_cast<double>(panels * 2);
    parallel_for(blocks * parts, work, [&](long chunk) {
      const long part = chunk / blocks, segment = chunk % blocks / (w.groups * panels), g = chunk / panels % w.groups, panel = chunk % panels;
      Place place{&pixels, images + window.offset[segment] + g * w.group_channels(), b.elements(), w.axis[2].stride * w.channels,
                  sum.part(part) + segment * window.length * w.filters, window.length, g * columns + panel * width,
                  std::min(width, columns - panel * width)};
      place.add_up(w, dy, batch * part / parts, batch * (part + 1) / parts);
    });
    sum.add_up();
  }

 private:
  struct Place {
    const Segments* pixels;
    const T* x;
    long image, step;
    T* sums;
    long rows, column, columns;

    void add_up(const Windows& windows, const T* gradients, long first, long last) const {
      const long panel_width = (columns + lanes<T> - 1) / lanes<T> * lanes<T>, count = windows.result();
      const bool whole = columns == panel_width;
      const long stride = whole ? windows.filters : panel_width;
      T* panel = whole ? nullptr : scratch<T, Slot::panel>(count * panel_width);
      T* block = whole ? nullptr : scratch<T, Slot::block>(rows * panel_width);
      for (long sample = first; sample < last; ++sample) {
        const T* right = gradients + sample * count * windows.filters + column;
        if (!whole) pack(panel, panel_width, right, windows.filters, count, columns), right = panel;
        nearly_equal(rows, tile_rows, [&](long row, long height) {
          tile_of<T>(height, panel_width / lanes<T>)({x + sample * image + row, 1, step, pixels->offset, pixels->count, pixels->length}, right,
                                                     stride, (whole ? sums + column : block) + row * stride, stride, sample > first);
        });
      }
      for (long row = 0; !whole && row < rows; ++row)
        for (long j = 0; j < columns; j += lanes<T>) save(sums + row * windows.filters + column + j, load(block + row * panel_width + j), First<T>(columns - j));
    }
  };
};

template <class T, class G, bool ColumnSums>
struct CpuKernel<T, ConvolveKernelGradient<G, ColumnSums, DType::float32>> {
  static void run(const KernelCall& call) {
    static constexpr Windows w = windows_of<G>();
    const T* dy = static_cast<const T*>(call.in[1]);
    T* dkernel = static_cast<T*>(call.out[0]);
    if (call.extent[0] == 0) std::fill_n(dkernel, w.taps() * w.group_channels() * w.filters, T(0));
    else KernelGradient<T>{w, static_cast<const T*>(call.in[0]), dy, dkernel, call.extent[0]}.run();
    if constexpr (ColumnSums) sum_columns(static_cast<T*>(call.out[1]), dy, call.extent[0] * w.result(), w.filters);
  }
};

}  // namespace tenon::cpu::inline TENON_ISA
