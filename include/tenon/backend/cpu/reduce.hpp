// Sums, products, extrema and their positions along an axis.
#pragma once

#include <limits>

#include <tenon/backend/cpu/kernel.hpp>
#include <tenon/backend/cpu/lanes.hpp>
#include <tenon/backend/cpu/sum.hpp>
#include <tenon/backend/cpu/widened.hpp>

namespace tenon::cpu::inline TENON_ISA {

/// A reduction's neutral element, and how it joins two vectors or numbers. NaN wins over everything.
template <Op What, class T>
struct Join {
  static constexpr T neutral = What == Op::reduce_sum ? T(0) : What == Op::reduce_prod ? T(1)
                               : What == Op::reduce_max ? -std::numeric_limits<T>::infinity() : std::numeric_limits<T>::infinity();
  [[gnu::always_inline]] static Vector<T> vectors(Vector<T> a, Vector<T> b) {
    if constexpr (What == Op::reduce_sum) return a + b;
    else if constexpr (What == Op::reduce_prod) return a * b;
    else if constexpr (What == Op::reduce_max) return choose<T>(b == b, larger<T>(b, a), b);
    else return choose<T>(b == b, smaller<T>(b, a), b);
  }
  static T numbers(T a, T b) {
    if constexpr (What == Op::reduce_sum) return a + b;
    else if constexpr (What == Op::reduce_prod) return a * b;
    else if constexpr (What == Op::reduce_max) return b > a || b != b ? b : a;
    else return b < a || b != b ? b : a;
  }
};

/// So many numbers of a row are joined at a time.
inline constexpr long reduced_at_once = 16384;

/// All of x(0), ..., x(count - 1): in blocks that are joined one after the other, each in four vectors of partial results.
template <Op What, class T>
T reduce_row(const T* x, long count) {
  using J = Join<What, T>;
  T result = J::neutral;
  for (long begin = 0; begin < count; begin += reduced_at_once) {
    const long end = std::min(count, begin + reduced_at_once);
    Vector<T> part[4] = {Vector<T>(J::neutral), Vector<T>(J::neutral), Vector<T>(J::neutral), Vector<T>(J::neutral)};
    long i = begin;
    for (; i + 4 * lanes<T> <= end; i += 4 * lanes<T>)
      for (int k = 0; k < 4; ++k) part[k] = J::vectors(part[k], load(x + i + k * lanes<T>));
    for (; i + lanes<T> <= end; i += lanes<T>) part[0] = J::vectors(part[0], load(x + i));
    if (i < end) part[1] = J::vectors(part[1], load(x + i, First<T>(end - i), Vector<T>(J::neutral)));
    const T sum = first_lane<T>(fold<T>(J::vectors(J::vectors(part[0], part[1]), J::vectors(part[2], part[3])), J::vectors));
    result = J::numbers(result, sum);
  }
  return result;
}

/// y(j) = all of x(0, j), x(1, j), ..., of a dense matrix.
template <Op What, class T>
void reduce_columns(T* y, const T* x, long rows, long columns) {
  using J = Join<What, T>;
  constexpr long at_once = 1024;
  for (long j = 0; j < columns; j += lanes<T>) {
    const First<T> first(columns - j);
    Vector<T> result(J::neutral);
    for (long block = 0; block < rows; block += at_once) {
      Vector<T> part(J::neutral);
      for (long i = block; i < std::min(rows, block + at_once); ++i) part = J::vectors(part, load(x + i * columns + j, first));
      result = J::vectors(result, part);
    }
    save(y + j, result, first);
  }
}

template <class T, Op What, int Inner>
struct CpuKernel<T, Reduce<What, Inner, DType::float32>> {
  static void run(const KernelCall& call) {
    const long outer = call.extent[0], rows = call.extent[1], inner = Inner == 1 ? 1 : call.extent[2];
    if (outer * inner == 0) return;
    const T* x = static_cast<const T*>(call.in[0]);
    const double work = static_cast<double>(outer * rows) * static_cast<double>(inner) / lanes<T> * 2;
    if constexpr (What == Op::argmax || What == Op::argmin) {
      parallel_ranges(outer, 1, work * lanes<T>, [&](long begin, long end) {
        for (long o = begin; o < end; ++o)
          for (long j = 0; j < inner; ++j) static_cast<std::int32_t*>(call.out[0])[o * inner + j] = position(x + o * rows * inner + j, rows, inner);
      });
    } else {
      T* y = static_cast<T*>(call.out[0]);
      if (inner > 1) {
        if (What == Op::reduce_sum && outer == 1) return sum_columns(y, x, rows, inner);
        parallel_ranges(outer, 1, work, [&](long begin, long end) {
          for (long o = begin; o < end; ++o) reduce_columns<What>(y + o * inner, x + o * rows * inner, rows, inner);
        });
      } else if (outer > 1 || rows <= reduced_at_once) {
        parallel_ranges(outer, 1, work, [&](long begin, long end) {
          if (rows <= lanes<T>) {
            for (long o = begin; o < end; ++o) y[o] = first_lane<T>(fold<T>(load(x + o * rows, First<T>(rows), Vector<T>(Join<What, T>::neutral)), Join<What, T>::vectors));
          } else {
            for (long o = begin; o < end; ++o) y[o] = reduce_row<What>(x + o * rows, rows);
          }
        });
      } else {  // one long row: its blocks side by side
        const long blocks = (rows + reduced_at_once - 1) / reduced_at_once;
        T* parts = scratch<T, Slot::aside>(blocks);
        parallel_for(blocks, work, [&](long block) { parts[block] = reduce_row<What>(x + block * reduced_at_once, std::min(reduced_at_once, rows - block * reduced_at_once)); });
        *y = reduce_row<What>(parts, blocks);
      }
    }
  }

 private:
  /// Where the extremum is; the first one wins, and so does the first NaN.
  static std::int32_t position(const T* x, long count, long stride) {
    long best = 0;
    for (long i = 1; i < count; ++i) {
      const T value = x[i * stride], extremum = x[best * stride];
      if ((What == Op::argmax ? value > extremum : value < extremum) || (value != value && extremum == extremum)) best = i;
    }
    return static_cast<std::int32_t>(best);
  }
};

/// Of bfloat16 numbers: rare, because a sum of rows usually comes with a product.
template <class T, Op What, int Inner>
struct CpuKernel<T, Reduce<What, Inner, DType::bfloat16>> {
  static void run(const KernelCall& call) {
    const long count = call.extent[0] * call.extent[1] * call.extent[2];
    T* const x = scratch<T, Slot::left>(count);
    widen(x, static_cast<const Bfloat16*>(call.in[0]), count);
    const void* const in[] = {x};
    CpuKernel<T, Reduce<What, Inner>>::run({in, call.out, call.extent, call.stride, call.noise});
  }
};

}  // namespace tenon::cpu::inline TENON_ISA
