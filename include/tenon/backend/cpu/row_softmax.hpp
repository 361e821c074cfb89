// Softmax and its logarithm.
#pragma once

#include <cmath>
#include <limits>
#include <type_traits>

#include <tenon/backend/cpu/kernel.hpp>
#include <tenon/backend/cpu/lanes.hpp>
#include <tenon/backend/cpu/math.hpp>
#include <tenon/core/threads.hpp>

namespace tenon::cpu::inline TENON_ISA {

/// y = exp(x - m) / sum(exp(x - m)), or x - m - log(sum(exp(x - m))), with m = max(x): exp does not overflow. Lanes behind the end hold
/// -infinity, whose exp adds nothing. NaN may be lost on the way to m, but not on the way to the sum.
template <Op What, class T>
struct Softmax {
  using V = Vector<T>;

  static constexpr long in_registers = 8;  // vectors: what is longer is read again instead

  [[gnu::always_inline]] static V read(const T* x, long left) { return load(x, First<T>(left), V(-std::numeric_limits<T>::infinity())); }
  [[gnu::always_inline]] static V larger_of(V a, V b) { return larger<T>(a, b); }
  [[gnu::always_inline]] static V power(V shifted) {
    if constexpr (lanes<T> > 1) return exponential_of_negative<T>(shifted);
    else return compute<Op::exp, T>(shifted, shifted, shifted);
  }
  [[gnu::always_inline]] static V logarithm_of(V v) {
    if constexpr (std::is_same_v<T, float>) return compute<Op::log, T>(v, v, v);
    else return each_lane<T>([](T total) { return std::log(total); }, v);  // xsimd 8.1's for doubles does not compile without optimization
  }

  /// A row of N numbers in registers: what is left of them below their maximum, and its powers.
  template <long N>
  struct Row {
    static constexpr long vectors = (N + lanes<T> - 1) / lanes<T>;
    V shifted[vectors], powers[vectors], top, sum = V(T(0));

    [[gnu::always_inline]] explicit Row(const T* x) {
      for (long k = 0; k < vectors; ++k) shifted[k] = read(x + k * lanes<T>, N - k * lanes<T>);
      top = shifted[0];
      for (long k = 1; k < vectors; ++k) top = larger_of(shifted[k], top);
      top = fold<T>(top, larger_of);
      for (long k = 0; k < vectors; ++k) {
        shifted[k] = shifted[k] - top;
        powers[k] = power(shifted[k]);
        sum = sum + powers[k];
      }
      sum = sum_everywhere<T>(sum);
    }
  };

  template <long N>
  static void short_rows(T* y, const T* x, long rows) requires(What == Op::softmax) {
    for (; rows > 0; --rows, x += N, y += N) {
      const Row<N> row(x);
      const V inverse = quotient<T>(V(T(1)), row.sum);
      for (long k = 0; k < Row<N>::vectors; ++k) save(y + k * lanes<T>, row.powers[k] * inverse, First<T>(N - k * lanes<T>));
    }
  }
  /// One logarithm serves as many rows as a vector has lanes.
  template <long N>
  static void short_rows(T* y, const T* x, long rows) {
    for (; rows > 0; rows -= lanes<T>, x += lanes<T> * N, y += lanes<T> * N) {
      const long some = std::min<long>(rows, lanes<T>);
      T top[static_cast<std::size_t>(lanes<T>)]{}, sum[static_cast<std::size_t>(lanes<T>)]{};
      for (long r = 0; r < some; ++r) {
        const Row<N> row(x + r * N);
        top[r] = first_lane<T>(row.top), sum[r] = first_lane<T>(row.sum);
      }
      save(sum, logarithm_of(load(sum)));
      for (long r = 0; r < some; ++r)
        for (long i = r * N, left = N; left > 0; i += lanes<T>, left -= lanes<T>) save(y + i, read(x + i, left) - V(top[r]) - V(sum[r]), First<T>(left));
    }
  }

  static void long_row(T* y, const T* x, long n) {
    const long whole = n / lanes<T> * lanes<T>;
    V top = read(x + whole, n - whole), other = top, sum(T(0));
    for (long i = 0; i + lanes<T> <= whole; i += 2 * lanes<T>) {  // two maxima, so that one need not wait for the other
      top = larger_of(load(x + i), top);
      other = larger_of(read(x + i + lanes<T>, n - i - lanes<T>), other);
    }
    top = fold<T>(larger_of(other, top), larger_of);
    for (long i = 0; i < n; i += lanes<T>) {
      const V shifted = read(x + i, n - i) - top, p = power(shifted);
      sum = sum + p;
      if constexpr (What == Op::softmax) save(y + i, p, First<T>(n - i));
    }
    sum = sum_everywhere<T>(sum);
    const V last = What == Op::softmax ? quotient<T>(V(T(1)), sum) : logarithm_of(sum);
    for (long i = 0; i < n; i += lanes<T>) save(y + i, What == Op::softmax ? read(y + i, n - i) * last : read(x + i, n - i) - top - last, First<T>(n - i));
  }
};

template <class T, Op What, int N>
struct CpuKernel<T, RowSoftmax<What, N>> {
  static void run(const KernelCall& call) {
    constexpr long vectors = (N + lanes<T> - 1) / lanes<T>;
    const double work = static_cast<double>(call.extent[0]) * (30 + vectors * 20);
    T* y = static_cast<T*>(call.out[0]);
    const T* x = static_cast<const T*>(call.in[0]);
    parallel_ranges(call.extent[0], 1, work, [=](long begin, long end) {
      if constexpr (vectors <= Softmax<What, T>::in_registers) Softmax<What, T>::template short_rows<N>(y + begin * N, x + begin * N, end - begin);
      else
        for (long row = begin; row < end; ++row) Softmax<What, T>::long_row(y + row * N, x + row * N, N);
    });
  }
};

}  // namespace tenon::cpu::inline TENON_ISA
