// Softmax and its logarithm.
#pragma once

#include <limits>

#include <tenon/backend/cpu/kernel.hpp>
#include <tenon/backend/cpu/math.hpp>
#include <tenon/backend/cpu/threads.hpp>

namespace tenon::cpu::inline TENON_ISA {

/// y = exp(x - m) / sum(exp(x - m)), or x - m - log(sum(exp(x - m))), with m = max(x): exp does not overflow.
template <Op What, class T>
void softmax_row(T* y, const T* x, long n) {
  using V = Vector<T>;
  const V lowest(-std::numeric_limits<T>::infinity()), indices = ramp<T>();
  const auto inside = [&](long i) __attribute__((always_inline)) { return indices < V(static_cast<T>(std::min<long>(n - i, lanes<T>))); };
  V largest = lowest;
  for (long i = 0; i < n; i += lanes<T>) {
    const V value = choose<T>(inside(i), load(x + i, First<T>(n - i)), lowest);
    largest = choose<T>((value > largest) | is_nan<T>(value), value, largest);
  }
  const V top(fold<T>(largest, [](T a, T b) { return b > a || b != b ? b : a; }));
  V sum(T(0));
  for (long i = 0; i < n; i += lanes<T>) {
    const First<T> first(n - i);
    const V shifted = load(x + i, first) - top, power = compute<Op::exp, T>(shifted, shifted, shifted);
    sum = sum + choose<T>(inside(i), power, V(T(0)));
    save(y + i, What == Op::softmax ? power : shifted, first);
  }
  const T total = sum_of<T>(sum);
  const V scale(T(1) / total), shift(std::log(total));
  for (long i = 0; i < n; i += lanes<T>) {
    const First<T> first(n - i);
    save(y + i, What == Op::softmax ? load(y + i, first) * scale : load(y + i, first) - shift, first);
  }
}

template <class T, Op What, int N>
struct CpuKernel<T, RowSoftmax<What, N>> {
  static void run(const KernelCall& call) {
    const double work = static_cast<double>(call.extent[0]) * (30 + (N + lanes<T> - 1) / lanes<T> * 20);
    parallel_ranges(call.extent[0], 1, work, [&](long begin, long end) {
      for (long row = begin; row < end; ++row) softmax_row<What>(static_cast<T*>(call.out[0]) + row * N, static_cast<const T*>(call.in[0]) + row * N, N);
    });
  }
};

}  // namespace tenon::cpu::inline TENON_ISA
