// Products of one row and a matrix whose rows are shorter than a vector.
#pragma once

#include <bit>
#include <cstring>
#include <utility>

#include <tenon/backend/cpu/lanes.hpp>

namespace tenon::cpu::inline TENON_ISA {

/// A few rows of four columns, and vectors that are longer.
template <class T, int N, int K>
inline constexpr bool is_row_of_four = std::is_same_v<T, float> && lanes<T> > 4 && N == 4 && 2 <= K && K <= 4;

/// Their product in a vector of four: there an element of x reaches all lanes in one cycle, in longer vectors in four.
template <class T, int K>
[[gnu::always_inline]] inline Vector<T> row_of_four(const T* x, const T* w) {
  using Four [[gnu::vector_size(16)]] = T;
  Four row[K];
  std::memcpy(row, w, sizeof row);
  Four even = row[0] * x[0], odd = row[1] * x[1];
  if constexpr (K > 2) even += row[2] * x[2];
  if constexpr (K > 3) odd += row[3] * x[3];
  return first_four(even + odd);
}

/// How many rows of w(K, N) are read as one vector.
template <class T, int N, int K>
inline constexpr int rows_together = picks<T> && lanes<T> % N == 0 ? std::min(lanes<T> / N, static_cast<int>(std::bit_ceil(static_cast<unsigned>(K)))) : 1;

/// x(K) w(K, N) for rows of which a vector holds several: each is multiplied by its own element of x, and what belongs to one column
/// is added up in the end. The first N lanes are the result.
template <class T, int N, int K>
struct NarrowRow {
  static constexpr int together = rows_together<T, N, K>, of_x = lanes<T> / together;  // vectors of w for a vector of x
  static constexpr int chains = std::min(4, (K + together - 1) / together), round = std::max(4, of_x), rows = round * together;
  static constexpr int head = (K - 1) % rows + 1;  // rows before whole rounds
  Vector<T> sum[chains];  // in the end, sum[0]

  [[gnu::always_inline]] NarrowRow(const T* x, const T* w) {
    for (int c = (head + together - 1) / together; c < chains; ++c) sum[c] = Vector<T>(T(0));
    add<head, true>(x, w);
    for (int k = head; k < K; k += rows) add<rows, false>(x + k, w + k * N);
    const auto plus = [](Vector<T> a, Vector<T> b) __attribute__((always_inline)) { return a + b; };
    if constexpr (chains > 2) sum[0] = sum[0] + sum[2];
    if constexpr (chains > 3) sum[1] = sum[1] + sum[3];
    if constexpr (chains > 1) sum[0] = sum[0] + sum[1];
    sum[0] = fold<T, together * N / 2, N>(sum[0], plus);
  }

 private:
  template <int Rows, bool First>
  [[gnu::always_inline]] void add(const T* x, const T* w) {
    [&]<int... I>(std::integer_sequence<int, I...>) __attribute__((always_inline)) {
      (step<I, Rows, First && I < chains>(x, w), ...);
    }(std::make_integer_sequence<int, (Rows + together - 1) / together>{});
  }
  template <int I, int Rows, bool First>
  [[gnu::always_inline]] void step(const T* x, const T* w) {
    constexpr int k = I / of_x * lanes<T>;
    Vector<T> factors = load_first<std::min(lanes<T>, Rows - k)>(x + k);
    if constexpr (N > 1) factors = repeat_lanes<I % of_x * together, N, T>(factors);
    const Vector<T> row = load_first<N * std::min(together, Rows - I * together)>(w + I * together * N);
    sum[I % chains] = First ? factors * row : multiply_add<T>(factors, row, sum[I % chains]);
  }
};

}  // namespace tenon::cpu::inline TENON_ISA
