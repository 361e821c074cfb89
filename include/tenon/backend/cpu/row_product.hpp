// Products of one row and a small matrix: the layers of a network that runs sample by sample.
#pragma once

#include <tenon/backend/cpu/epilogue.hpp>

namespace tenon::cpu::inline TENON_ISA {

/// True where all sizes are known, and the matrix is so narrow, or so small, that walking down a strip of its columns is reading it
/// from front to back, or from the first-level cache.
template <class T, int Form, int M, int N, int K>
inline constexpr bool is_row_product = M == 1 && N > 0 && K > 0 && !(Form & Transposed::right) && (N <= 8 * lanes<T> || static_cast<long>(N) * K * static_cast<long>(sizeof(T)) <= 32768);

/// y(Columns) = x(K) w(K, N) for a strip of columns. Steps are added up in `Chains` sums at a time, so that none waits for the one before.
template <class T, int N, int K, int Columns>
[[gnu::always_inline]] inline void row_strip(T* y, const T* x, const T* w) {
  constexpr int vectors = (Columns + lanes<T> - 1) / lanes<T>, chains = std::clamp(12 / vectors, 1, std::min(K, 8)), left = Columns - (vectors - 1) * lanes<T>;
  constexpr bool whole = left == lanes<T>, far = static_cast<long>(N) * K * static_cast<long>(sizeof(T)) > 32768;
  constexpr long ahead = std::max<long>(1, 4096 / (N * static_cast<long>(sizeof(T))));
  const First<T> last(left);
  const auto column = [&](const T* row, int v) __attribute__((always_inline)) { return !whole && v == vectors - 1 ? load(row + v * lanes<T>, last) : load(row + v * lanes<T>); };
  Vector<T> sum[chains][vectors];
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
#pragma GCC unroll 8
  for (int v = 0; v < vectors; ++v) {
    Vector<T> total = sum[0][v];
#pragma GCC unroll 8
    for (int c = 1; c < chains; ++c) total = total + sum[c][v];
    save(y + v * lanes<T>, total);
  }
}

/// The whole row, and what is done to it.
template <class T, int N, int K, class Epilogue>
void row_product(const KernelCall& call) {
  constexpr int strip = 8 * lanes<T>, strips = N / strip, rest = N % strip;
  alignas(64) T y[(N + lanes<T> - 1) / lanes<T> * lanes<T>];
  const T *x = static_cast<const T*>(call.in[0]), *w = static_cast<const T*>(call.in[1]);
  for (int s = 0; s < strips; ++s) row_strip<T, N, K, strip>(y + s * strip, x, w + s * strip);
  if constexpr (rest > 0) row_strip<T, N, K, rest>(y + strips * strip, x, w + strips * strip);
  Finish<T, Epilogue>::run(call, {y, N, 0, 1, 0, N, N});
}

}  // namespace tenon::cpu::inline TENON_ISA
