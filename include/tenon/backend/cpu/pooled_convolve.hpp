// A convolution of which only the largest value of each 2 x 2 window is stored, and which one it was.
#pragma once

#include <tenon/backend/cpu/convolve.hpp>
#include <tenon/backend/cpu/exceeds.hpp>

namespace tenon::cpu::inline TENON_ISA {

/// The first largest of four numbers, or the first NaN, lane by lane, and which one it is.
template <class T>
[[gnu::always_inline]] inline void largest_of(const Vector<T> (&x)[4], Vector<T>& best, Vector<T>& place) {
  const auto right = x[1] > x[0], lower_right = x[3] > x[2];
  const Vector<T> upper = choose<T>(right, x[1], x[0]), lower = choose<T>(lower_right, x[3], x[2]);
  const auto below = lower > upper;
  best = choose<T>(below, lower, upper);
  place = choose<T>(below, choose<T>(lower_right, Vector<T>(T(3)), Vector<T>(T(2))), choose<T>(right, Vector<T>(T(1)), Vector<T>(T(0))));
  if (has_nan<T>((x[0] + x[1]) + (x[2] + x[3]))) [[unlikely]] {  // one of them may be NaN, which is more than anything else
    best = x[0], place = Vector<T>(T(0));
    for (int pixel = 1; pixel < 4; ++pixel) {
      const auto better = exceeds<T>(x[pixel], best);
      best = choose<T>(better, x[pixel], best);
      place = choose<T>(better, Vector<T>(static_cast<T>(pixel)), place);
    }
  }
}

/// From a tile whose rows are four pixels for each window: the largest of each four, and its number (or nullptr).
template <class T>
void pool_tile(T* largest, std::int8_t* number, long filters, const T* tile, long windows, long width, long columns) {
  for (long window = 0; window < windows; ++window, tile += 4 * width, largest += width)
    for (long j = 0; j < width; j += lanes<T>) {
      const Vector<T> x[] = {load(tile + j), load(tile + width + j), load(tile + 2 * width + j), load(tile + 3 * width + j)};
      Vector<T> best(T(0)), place(T(0));
      largest_of<T>(x, best, place);
      save(largest + j, best);
      if (number != nullptr) save_int8<T>(number + window * filters + j, place, First<T>(columns - j));
    }
}

/// A row of windows at a time: tiles of few pixels stay in registers and in the first-level cache until they are pooled.
template <class T, class Operand>
void correlate_and_pool(const Correlation<T, Operand>& p, std::int8_t* index) {
  const Windows& w = p.w;
  const Segments segments = segments_of(w, p.b);
  const KernelPanels<T, Operand> panels(w, segments, p.kernel);
  const long rows = w.axis[1].result / 2, columns = w.axis[2].result / 2, line = w.axis[1].stride * p.b.stride(1), step = w.axis[2].stride * w.channels;
  const double work = static_cast<double>(p.batch * w.result()) * static_cast<double>(panels.count * (panels.steps + 8) * 2);
  parallel_rows(p.batch, rows, work, [&](long sample, long first_row, long last_row) {
    const Operand* x = seen_by_rows(p, sample, 2 * first_row, 2 * last_row);
    alignas(64) T block[tile_rows * tile_columns<T>];
    T* largest = scratch<T, Slot::aside>(columns * panels.most);
    for (long panel = 0; panel < panels.count; ++panel) {
      const long width = panels.width(panel), count = panels.columns_of(panel), filter = panel * panels.most;
      for (long r = first_row; r < last_row; ++r) {
        const long pixel = (sample * rows + r) * columns;
        nearly_equal(columns, tile_rows / 4, [&](long first, long windows) {
          const Left<Operand> left{x + 2 * r * line + 2 * first * step, step, 1, segments.offset, segments.count, segments.length, line, 2 * step};
          panels.multiply(left, 4 * windows, 0, panel, block, width);
          pool_tile(largest + first * width, index == nullptr ? nullptr : index + (pixel + first) * w.filters + filter, w.filters, block, windows, width, count);
        });
        p.finish(*p.call, {largest, width, pixel, columns, filter, count, w.filters});
      }
    }
  });
}

template <class T, class G, class Epilogue, bool Index, DType Operands>
struct CpuKernel<T, PooledConvolve<G, Epilogue, Index, Operands>> {
  static void run(const KernelCall& call) {
    using Operand = operand_of<T, Operands>;
    static constexpr Windows w = windows_of<G>();
    if constexpr (is_widened<T, Operand>) {
      run_widened<T, PooledConvolve<G, Epilogue, Index>, 2 + extra_of<Epilogue>>(call, call.extent[0] * w.image() * w.channels, w.kernel());
    } else {
      static_assert(w.groups == 1 && w.axis[0].result == 1 && w.axis[1].result % 2 == 0 && w.axis[2].result % 2 == 0);
      Correlation<T, Operand> p = correlation<T, Operand>(w, call);
      p.finish = &Finish<T, Epilogue>::run;
      correlate_and_pool(p, Index ? static_cast<std::int8_t*>(call.out[stores_of<Epilogue>]) : nullptr);
    }
  }
};

}  // namespace tenon::cpu::inline TENON_ISA
