// The innermost loop of every matrix product and convolution: a tile of the result that stays in registers.
#pragma once

#include <algorithm>
#include <utility>

#include <tenon/backend/cpu/vector.hpp>

namespace tenon::cpu::inline TENON_ISA {

/// The left operand of a tile: the factor of row i at step k of segment s is at[segment[s] + i * row + k * step]. A product has one
/// segment; a convolution has one for each row of its window.
template <class T>
struct Left {
  const T* at;
  long row, step;
  const long* segment;
  int segments;
  long length;  ///< steps in a segment
};

/// Tiles are at most so many rows high and two vectors wide: with the vectors of the right operand and the factor they fill the registers.
inline constexpr int tile_rows = vector_registers == 32 ? 12 : 6;
template <class T>
inline constexpr int tile_columns = 2 * lanes<T>;

/// f(0_constant), f(1_constant), ... without a loop.
template <int Count, class F>
[[gnu::always_inline]] inline void unrolled(const F& f) {
  [&]<int... I>(std::integer_sequence<int, I...>) __attribute__((always_inline)) {
    (f(std::integral_constant<int, I>{}), ...);
  }(std::make_integer_sequence<int, Count>{});
}

/// c(i, j) = [c(i, j) +] sum over k of left(i, k) * right(k, j); the rows of `right` lie `right_row` apart, those of c `c_row`.
/// The sum begins at zero and c is added to it, so that long sums are made in pieces and stay accurate.
template <class T, int Rows, int Vectors>
[[gnu::noinline]] void tile(const Left<T>& left, const T* right, long right_row, T* c, long c_row, bool add) {
  using V = Vector<T>;
  constexpr int groups = (Rows + 3) / 4;  // a pointer for four rows: the other three are one addressing mode away
  V sum[Rows][Vectors];
  unrolled<Rows>([&](auto i) __attribute__((always_inline)) {
    unrolled<Vectors>([&](auto j) __attribute__((always_inline)) { sum[i][j] = V(T(0)); });
  });
  const long row = left.row, step = left.step, length = left.length;
  for (int s = 0; s < left.segments; ++s) {
    const T* a[groups];
    unrolled<groups>([&](auto g) __attribute__((always_inline)) { a[g] = left.at + left.segment[s] + 4 * g * row; });
    for (long k = 0; k < length; ++k) {
      V b[Vectors];
      unrolled<Vectors>([&](auto j) __attribute__((always_inline)) { b[j] = load(right + j * lanes<T>); });
      unrolled<Rows>([&](auto i) __attribute__((always_inline)) {
        const V factor(a[i / 4][(i % 4) * row]);
        unrolled<Vectors>([&](auto j) __attribute__((always_inline)) { sum[i][j] = multiply_add<T>(factor, b[j], sum[i][j]); });
      });
      unrolled<groups>([&](auto g) __attribute__((always_inline)) { a[g] += step; });
      right += right_row;
    }
  }
  unrolled<Rows>([&](auto i) __attribute__((always_inline)) {
    unrolled<Vectors>([&](auto j) __attribute__((always_inline)) {
      T* to = c + i * c_row + j * lanes<T>;
      save(to, add ? load(to) + sum[i][j] : sum[i][j]);
    });
  });
}

template <class T>
using Tile = void (*)(const Left<T>&, const T*, long, T*, long, bool);

/// The vectors that a tile of so few rows may be wide, to keep the machine busy.
constexpr long wide_vectors(long rows) { return rows == 1 ? 8 : rows == 2 || (rows <= 4 && vector_registers == 32) ? 4 : 2; }

/// The tile of so many rows and vectors: one or two, or wide_vectors(rows).
template <class T>
Tile<T> tile_of(long rows, long vectors) {
  static constexpr auto table = []<int... I>(std::integer_sequence<int, I...>) {
    struct { Tile<T> at[3][sizeof...(I)]; } t{{{tile<T, I + 1, 1>...}, {tile<T, I + 1, 2>...}, {tile<T, I + 1, wide_vectors(I + 1)>...}}};
    return t;
  }(std::make_integer_sequence<int, tile_rows>{});
  return table.at[std::min(vectors, 3L) - 1][rows - 1];
}

/// The same for a part of one vector of columns and few rows; it does not read beyond them. Four sums hide the latency of addition.
template <class T>
void narrow_tile(const Left<T>& left, long rows, const T* right, long right_row, T* c, long c_row, bool add, First<T> first) {
  for (long i = 0; i < rows; ++i) {
    Vector<T> sum[4] = {Vector<T>(T(0)), Vector<T>(T(0)), Vector<T>(T(0)), Vector<T>(T(0))};
    const T* a = left.at + i * left.row;
    long k = 0;
    for (; k + 4 <= left.length; k += 4)
      unrolled<4>([&](auto u) __attribute__((always_inline)) {
        sum[u] = multiply_add<T>(Vector<T>(a[(k + u) * left.step]), load(right + (k + u) * right_row, first), sum[u]);
      });
    for (; k < left.length; ++k) sum[0] = multiply_add<T>(Vector<T>(a[k * left.step]), load(right + k * right_row, first), sum[0]);
    const Vector<T> total = (sum[0] + sum[1]) + (sum[2] + sum[3]);
    T* to = c + i * c_row;
    save(to, add ? load(to) + total : total);
  }
}

/// Calls f(first, count) for parts of 0..total of nearly equal size, none larger than `most`.
template <class F>
[[gnu::always_inline]] inline void nearly_equal(long total, long most, const F& f) {
  if (total <= 0) return;
  const long parts = (total + most - 1) / most, size = total / parts, larger = total % parts;
  for (long part = 0, first = 0; part < parts; ++part) {
    const long count = size + (part < larger);
    f(first, count);
    first += count;
  }
}

}  // namespace tenon::cpu::inline TENON_ISA
