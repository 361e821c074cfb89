// Sums, products, extrema and their positions along an axis.
#pragma once

#include <algorithm>
#include <cstdint>
#include <utility>

#include <tenon/backend/cuda/kernel.hpp>

namespace tenon::cuda {

/// A reduction's neutral element, and how it joins two numbers. NaN wins over everything.
template <Op What>
struct Join {
  static constexpr float infinity = __builtin_inff();
  static constexpr float neutral = What == Op::reduce_sum ? 0.f : What == Op::reduce_prod ? 1.f : What == Op::reduce_max ? -infinity : infinity;
  TENON_HOST_DEVICE static float of(float a, float b) {
    if constexpr (What == Op::reduce_sum) return a + b;
    else if constexpr (What == Op::reduce_prod) return a * b;
    else if constexpr (What == Op::reduce_max) return b > a || b != b ? b : a;
    else return b < a || b != b ? b : a;
  }
};

/// y(part, outer, inner) = the reduction of a part of x(outer, :, inner); neighbouring threads read neighbouring columns.
template <Op What, class Number>
struct ReduceColumns {
  const Number* x;
  float* y;
  long outer, reduced, inner, of_part;

  TENON_HOST_DEVICE void operator()(long i) const {
    const long place = i, column = i % inner;
    i /= inner;
    const long row = i % outer, begin = i / outer * of_part, end = begin + of_part < reduced ? begin + of_part : reduced;
    float result = Join<What>::neutral;
    for (long r = begin; r < end; ++r) result = Join<What>::of(result, static_cast<float>(x[(row * reduced + r) * inner + column]));
    y[place] = result;
  }
};

/// y(row) = the reduction of a row; 32 threads share one, and join what they have found in pairs.
template <Op What, class Number>
struct ReduceRows {
  static constexpr int threads = 256, lanes = 32, rows_at_once = threads / lanes;
  struct Shared {
    float found[threads];
  };
  struct Thread {};
  const Number* x;
  float* y;
  long rows, columns;

  template <class Group>
  TENON_HOST_DEVICE void operator()(long block, Group& group, Shared& shared) const {
    group.each([&](int thread, Thread&) {
      const long row = block * rows_at_once + thread / lanes;
      float result = Join<What>::neutral;
      if (row < rows)
        for (long c = thread % lanes; c < columns; c += lanes) result = Join<What>::of(result, static_cast<float>(x[row * columns + c]));
      shared.found[thread] = result;
    });
    for (int half = lanes / 2; half > 0; half /= 2)
      group.each([&](int thread, Thread&) {
        if (thread % lanes < half) shared.found[thread] = Join<What>::of(shared.found[thread], shared.found[thread + half]);
      });
    group.each([&](int thread, Thread&) {
      const long row = block * rows_at_once + thread / lanes;
      if (thread % lanes == 0 && row < rows) y[row] = shared.found[thread];
    });
  }
};

/// y(outer, inner) = x(outer, reduced, inner) reduced. Long reductions are cut, and their parts joined, 64 at a time: so a sum of many
/// numbers loses few digits, and many threads have work.
template <Op What, class System, class Number>
void reduce(System& system, const Number* x, float* y, long outer, long reduced, long inner) {
  constexpr long enough = 1 << 15, at_once = 64;  // threads; numbers of each
  const long results = outer * inner;
  if (results == 0) return;
  if (inner == 1 && outer >= 64 && reduced <= 4096) return system.blocks((outer + 7) / 8, ReduceRows<What, Number>{x, y, outer, reduced});
  const auto cut = [](long count, long parts) { return std::max(1L, (count + parts - 1) / parts); };
  long of_part = cut(reduced, std::clamp(enough / results, 1L, cut(reduced, at_once)));
  long parts = cut(reduced, of_part);
  float* const room = parts > 1 ? static_cast<float*>(system.room(2 * parts * results * 4)) : nullptr;
  float *to = parts > 1 ? room : y, *other = parts > 1 ? room + parts * results : nullptr;
  system.each(parts * results, ReduceColumns<What, Number>{x, to, outer, reduced, inner, of_part});
  while (parts > 1) {
    const long left = parts;
    of_part = cut(left, cut(left, at_once)), parts = cut(left, of_part);
    const float* const from = std::exchange(to, parts > 1 ? other : y);
    other = const_cast<float*>(from);
    system.each(parts * results, ReduceColumns<What, float>{from, to, 1, left, results, of_part});
  }
}

/// Where the extremum of x(outer, :, inner) is; the first one wins, and so does the first NaN.
template <Op What, class Number>
struct Position {
  const Number* x;
  std::int32_t* y;
  long reduced, inner;

  TENON_HOST_DEVICE void operator()(long i) const {
    const Number* const column = x + i / inner * reduced * inner + i % inner;
    long best = 0;
    float extremum = static_cast<float>(column[0]);
    for (long r = 1; r < reduced; ++r) {
      const float value = static_cast<float>(column[r * inner]);
      if ((What == Op::argmax ? value > extremum : value < extremum) || (value != value && extremum == extremum)) best = r, extremum = value;
    }
    y[i] = static_cast<std::int32_t>(best);
  }
};

template <Op What, int Inner, DType Operand>
struct CudaKernel<Reduce<What, Inner, Operand>> {
  template <class System>
  static void run(System& system, const KernelCall& call) {
    using Number = OperandOf<Operand>;
    const long outer = call.extent[0], reduced = call.extent[1], inner = Inner == 1 ? 1 : call.extent[2];
    const auto* const x = static_cast<const Number*>(call.in[0]);
    if constexpr (What == Op::argmax || What == Op::argmin) system.each(outer * inner, Position<What, Number>{x, static_cast<std::int32_t*>(call.out[0]), reduced, inner});
    else reduce<What>(system, x, static_cast<float*>(call.out[0]), outer, reduced, inner);
  }
};

}  // namespace tenon::cuda
