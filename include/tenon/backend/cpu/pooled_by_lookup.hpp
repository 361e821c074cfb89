// The gradient of a pooled convolution with respect to its kernel: where a patch of one or two channels fits into a vector.
#pragma once

#include <tenon/backend/cpu/kernel.hpp>
#include <tenon/backend/cpu/lanes.hpp>
#include <tenon/backend/cpu/sum.hpp>
#include <tenon/backend/cpu/window.hpp>

namespace tenon::cpu::inline TENON_ISA {

/// What the four positions of a window of G see of one channel, together.
template <class T, class G>
struct SmallPatch {
  static constexpr Windows w = windows_of<G>();
  static constexpr long height = (w.axis[1].size - 1) * w.axis[1].dilation + w.axis[1].stride + 1;
  static constexpr long width = (w.axis[2].size - 1) * w.axis[2].dilation + w.axis[2].stride + 1;
  /// True if the lanes are better used for filters than for the channels of a patch.
  static constexpr bool pays = Lookup<T>::exists && height * width <= lanes<T> && w.channels <= 2 && w.taps() <= 16;
};

/// Vectors of filters: each lane looks up the number that its winner multiplied, tap by tap, in a table of the patch.
template <class T, class G>
struct KernelGradientByLookup {
  static constexpr Windows w = windows_of<G>();
  using Patch = SmallPatch<T, G>;

  static void run(const KernelCall& call) {
    const long batch = call.extent[0], size = w.taps() * w.channels * w.filters;
    const long parts = std::clamp<long>(batch, 1, 8);  // by the size of the batch only
    const SumInParts<T> sum(static_cast<T*>(call.out[0]), size, parts);
    const double work = static_cast<double>(batch * windows * w.channels * w.taps() * 3) * static_cast<double>((w.filters + lanes<T> - 1) / lanes<T>);
    parallel_for(parts, work, [&](long part) {
      T* const to = sum.part(part);
      std::fill_n(to, size, T(0));
      for (long sample = batch * part / parts; sample < batch * (part + 1) / parts; ++sample)
        add_image(to, static_cast<const T*>(call.in[0]) + sample * w.image() * w.channels, static_cast<const T*>(call.in[1]) + sample * windows * w.filters,
                  static_cast<const std::int8_t*>(call.in[2]) + sample * windows * w.filters);
    });
    sum.add_up();
  }

 private:
  static constexpr long rows = w.axis[1].result / 2, columns = w.axis[2].result / 2, windows = rows * columns;

  static void add_image(T* sums, const T* x, const T* dy, const std::int8_t* index) {
    T* tables = scratch<T, Slot::block>(windows * lanes<T>);
    for (long channel = 0; channel < w.channels; ++channel) {
      fill_tables(tables, x + channel);
      for (long f = 0; f < w.filters; f += lanes<T>) add_filters(sums + channel * w.filters + f, tables, dy + f, index + f, First<T>(w.filters - f));
    }
  }

  static void fill_tables(T* table, const T* x) {
    for (long y = 0; y < rows; ++y)
      for (long i = 0; i < columns; ++i, table += lanes<T>)
        for (long r = 0; r < Patch::height; ++r) {
          const long from = 2 * y * w.axis[1].stride - w.axis[1].low + r;
          for (long q = 0; q < Patch::width; ++q) {
            const long at = 2 * i * w.axis[2].stride - w.axis[2].low + q;
            const bool inside = from >= 0 && from < w.axis[1].image && at >= 0 && at < w.axis[2].image;
            table[r * Patch::width + q] = inside ? x[(from * w.axis[2].image + at) * w.channels] : T(0);
          }
        }
  }

  static void add_filters(T* sums, const T* table, const T* dy, const std::int8_t* index, First<T> first) {
    constexpr int taps = static_cast<int>(w.taps()), across = static_cast<int>(w.axis[2].stride), down = static_cast<int>(w.axis[1].stride * Patch::width);
    static constexpr std::int32_t pixels[16] = {0, across, down, down + across};
    Vector<T> sum[taps];
#pragma GCC unroll 16
    for (int t = 0; t < taps; ++t) sum[t] = load(sums + t * w.channels * w.filters, first);
    for (long i = 0; i < windows; ++i, table += lanes<T>, dy += w.filters, index += w.filters) {
      const Vector<T> d = load(dy, first), patch = load(table);
      const auto pixel = Lookup<T>::at(pixels, Lookup<T>::numbers(index, first));
#pragma GCC unroll 16
      for (int t = 0; t < taps; ++t) {
        constexpr int size = static_cast<int>(w.axis[2].size), y = static_cast<int>(w.axis[1].dilation * Patch::width), x = static_cast<int>(w.axis[2].dilation);
        sum[t] = multiply_add<T>(d, Lookup<T>::at(patch, Lookup<T>::plus(pixel, t / size * y + t % size * x)), sum[t]);
      }
    }
#pragma GCC unroll 16
    for (int t = 0; t < taps; ++t) save(sums + t * w.channels * w.filters, sum[t], first);
  }
};

}  // namespace tenon::cpu::inline TENON_ISA
