// Products of one row and a small matrix: the layers of a network that runs sample by sample.
#pragma once

#include <tenon/backend/cpu/bfloat16.hpp>
#include <tenon/backend/cpu/epilogue.hpp>
#include <tenon/backend/cpu/narrow_row.hpp>
#include <tenon/backend/cpu/sum.hpp>
#include <tenon/core/threads.hpp>

namespace tenon::cpu::inline TENON_ISA {

/// True where all sizes are known, and the matrix is so narrow, or so small, that walking down a strip of its columns is reading it
/// from front to back, or from the first-level cache.
template <class T, int Form, int M, int N, int K>
inline constexpr bool is_row_product = M == 1 && N > 0 && K > 0 && !(Form & Transposed::right) && (N <= 8 * lanes<T> || static_cast<long>(N) * K * static_cast<long>(sizeof(T)) <= 32768);

/// x(K) w(K, N) for a strip of columns, in registers. Steps are added up in `chains` sums at a time, so that none waits for the one before.
template <class T, int N, int K, int Columns, class Weight = T>
struct RowStrip {
  static constexpr int vectors = (Columns + lanes<T> - 1) / lanes<T>, chains = std::clamp(12 / vectors, 1, std::min(K, 8)), left = Columns - (vectors - 1) * lanes<T>;
  static constexpr bool far = static_cast<long>(N) * K * static_cast<long>(sizeof(T)) > 32768;
  static constexpr long ahead = std::max<long>(1, 4096 / (N * static_cast<long>(sizeof(T))));
  Vector<T> sum[chains][vectors];  // in the end, sum[0]

  [[gnu::always_inline]] RowStrip(const T* x, const Weight* w) {
    const auto column = [&](const Weight* row, int v) __attribute__((always_inline)) {
      if constexpr (std::is_same_v<Weight, T>) return v == vectors - 1 ? load_first<left>(row + v * lanes<T>) : load(row + v * lanes<T>);
      else return load<T>(row + v * lanes<T>, First<T>(v == vectors - 1 ? left : lanes<T>));
    };
#pragma GCC unroll 8
    for (int c = 0; c < chains; ++c)
#pragma GCC unroll 8
      for (int v = 0; v < vectors; ++v) sum[c][v] = Vector<T>(x[c]) * column(w + c * N, v);
    int k = chains;
    for (; k + chains <= K; k += chains) {
      if constexpr (far) {  // the machine's own prefetching is not early enough
        for (int c = 0; c < chains; ++c)
          for (int v = 0; v < vectors; ++v) __builtin_prefetch(w + (k + c + ahead) * N + v * lanes<T>, 0, 3);
      }
#pragma GCC unroll 8
      for (int c = 0; c < chains; ++c)
#pragma GCC unroll 8
        for (int v = 0; v < vectors; ++v) sum[c][v] = multiply_add<T>(Vector<T>(x[k + c]), column(w + (k + c) * N, v), sum[c][v]);
    }
    constexpr int rest = K % chains;
#pragma GCC unroll 8
    for (int c = 0; c < rest; ++c)
#pragma GCC unroll 8
      for (int v = 0; v < vectors; ++v) sum[c][v] = multiply_add<T>(Vector<T>(x[K - rest + c]), column(w + (K - rest + c) * N, v), sum[c][v]);
    fold<4>();
    fold<2>();
    fold<1>();
  }

 private:
  /// In pairs: of few steps, adding up one sum after the other would take longer than the sums.
  template <int Half>
  [[gnu::always_inline]] void fold() {
    if constexpr (Half < chains) {
      constexpr int pairs = std::min(Half, chains - Half);
#pragma GCC unroll 4
      for (int c = 0; c < pairs; ++c)
#pragma GCC unroll 8
        for (int v = 0; v < vectors; ++v) sum[c][v] = sum[c][v] + sum[c + Half][v];
    }
  }
};

template <class T, int N, int K, int Columns>
[[gnu::always_inline]] inline void row_strip(T* y, const T* x, const T* w) {
  const RowStrip<T, N, K, Columns> strip(x, w);
#pragma GCC unroll 8
  for (int v = 0; v < strip.vectors; ++v) save(y + v * lanes<T>, strip.sum[0][v]);
}

/// y = x(K) w(K, N), N + a vector's numbers at most.
template <class T, int N, int K>
void row_times(T* y, const T* x, const T* w) {
  constexpr int strip = 8 * lanes<T>, strips = N / strip, rest = N % strip;
  for (int s = 0; s < strips; ++s) row_strip<T, N, K, strip>(y + s * strip, x, w + s * strip);
  if constexpr (rest > 0) row_strip<T, N, K, rest>(y + strips * strip, x, w + strips * strip);
}

/// So large a matrix is worth waking other threads for: it is cut along the sum into parts of equal size, a power of two of them.
template <class T, int N, int K>
inline constexpr int row_parts = [] {
  const long most = std::min(8L, static_cast<long>(N) * K * static_cast<long>(sizeof(T)) / 262144);
  int parts = 1;
  while (2 * parts <= most && K % (2 * parts) == 0) parts *= 2;
  return parts;
}();

/// The whole row, and what is done to it.
template <class T, int N, int K, class Epilogue>
void long_row_product(const KernelCall& call) {
  constexpr int width = (N + lanes<T> - 1) / lanes<T> * lanes<T>, parts = row_parts<T, N, K>;
  alignas(64) T y[parts * width];
  const T *x = static_cast<const T*>(call.in[0]), *w = static_cast<const T*>(call.in[1]);
  if constexpr (parts == 1) {
    row_times<T, N, K>(y, x, w);
  } else {
    constexpr long steps = K / parts;
    parallel_for(parts, memory_work(static_cast<long>(N) * K * static_cast<long>(sizeof(T))) / 4, [&](long part) { row_times<T, N, steps>(y + part * width, x + part * steps, w + part * steps * N); });
    sum_in_order(y, y, width, parts, width);
  }
  Finish<T, Epilogue>::run(call, {y, N, 0, 1, 0, N, N});
}

/// A row that is one strip stays in registers. In the steps of a network whose sizes are all known it is inlined: a call with its
/// arguments in memory takes as long as a small product.
template <class T, int N, int K, class Epilogue>
[[gnu::always_inline]] inline void row_product(const KernelCall& call) {
  if constexpr (is_row_of_four<T, N, K>) {
    const Vector<T> y = row_of_four<T, K>(static_cast<const T*>(call.in[0]), static_cast<const T*>(call.in[1]));
    Finish<T, Epilogue>::template row<N>(call, &y);
  } else if constexpr (rows_together<T, N, K> > 1 && row_parts<T, N, K> == 1) {
    const NarrowRow<T, N, K> row(static_cast<const T*>(call.in[0]), static_cast<const T*>(call.in[1]));
    Finish<T, Epilogue>::template row<N>(call, row.sum);
  } else if constexpr (N <= 8 * lanes<T> && row_parts<T, N, K> == 1) {
    const RowStrip<T, N, K, N> strip(static_cast<const T*>(call.in[0]), static_cast<const T*>(call.in[1]));
    Finish<T, Epilogue>::template row<N>(call, strip.sum[0]);
  } else {
    long_row_product<T, N, K, Epilogue>(call);
  }
}

/// True where a row of bfloat16 numbers is multiplied as floats that are widened in registers: interleaving rows of so small a matrix for an
/// instruction for pairs takes longer than what that saves.
template <class T, int Form, int M, int N, int K>
inline constexpr bool is_widened_row_product = M == 1 && N > 0 && K > 0 && !(Form & Transposed::right) && N <= 8 * lanes<T> && static_cast<long>(N) * K <= 16384;

template <class T, int N, int K, class Epilogue>
[[gnu::always_inline]] inline void widened_row_product(const KernelCall& call) {
  alignas(64) T x[(K + lanes<T> - 1) / lanes<T> * lanes<T>];
#pragma GCC unroll 8
  for (int k = 0; k < K; k += lanes<T>) save(x + k, load<T>(static_cast<const Bfloat16*>(call.in[0]) + k, First<T>(K - k)));
  const RowStrip<T, N, K, N, Bfloat16> strip(x, static_cast<const Bfloat16*>(call.in[1]));
  Finish<T, Epilogue>::template row<N>(call, strip.sum[0]);
}

}  // namespace tenon::cpu::inline TENON_ISA
