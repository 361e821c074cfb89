// The innermost loop of every matrix product and convolution: a tile of the result that stays in registers.
#pragma once

#include <algorithm>
#include <utility>

#include <tenon/backend/cpu/arithmetic.hpp>

namespace tenon::cpu::inline TENON_ISA {

/// The left operand of a tile: the factor of row i at step k of segment s is at[segment[s] + i * row + k * step]. A product has one
/// segment; a convolution has one for each row of its window. Where the rows are those of 2 x 2 windows, row i is at
/// i / 4 * four + i / 2 % 2 * two + i % 2 * row.
template <class T>
struct Left {
  const T* at;
  long row, step;
  const long* segment;
  int segments;
  long length;  ///< steps in a segment
  long two = 2 * row, four = 4 * row;
};

/// Tiles are at most so many rows high and two vectors wide: with the vectors of the right operand and the factor they fill the registers.
/// Where a factor must be in a register, g++ loads those of all rows first: 10 rows leave it as many as it takes, with 11 it spills sums.
inline constexpr int tile_rows = vector_registers == 32 ? operands_in_memory ? 12 : 10 : 6;
template <class T>
inline constexpr int tile_columns = 2 * lanes<T>;

/// c(i, j) = [c(i, j) +] sum over k of left(i, k) * right(k, j); the rows of `right` lie `right_row` apart, those of c `c_row`. Both have
/// whole vectors: what lies behind the last columns is read from `right`, and written to c.
/// The sum begins at zero and c is added to it, so that long sums are made in pieces and stay accurate.
/// The loops are unrolled by pragmas and the steps are in bytes for the sake of g++: lambdas take three times as long to compile, and
/// for steps of numbers it makes every loop twice.
template <class T, int Rows, int Vectors>
[[gnu::noinline]] void tile(const Left<T>& left, const T* right, long right_row, T* c, long c_row, bool add) {
  using V = Vector<T>;
  constexpr int groups = (Rows + 1) / 2;  // a pointer for two rows: the other is one addressing mode away
  constexpr long size = sizeof(T);
  const long row = left.row * size, step = left.step * size, right_step = right_row * size;
  const auto* b = reinterpret_cast<const char*>(right);
  V sum[Rows][Vectors];
#pragma GCC unroll 16
  for (int i = 0; i < Rows; ++i)
#pragma GCC unroll 8
    for (int j = 0; j < Vectors; ++j) sum[i][j] = V(T(0));
  for (int s = 0; s < left.segments; ++s) {
    const char* a[groups];
#pragma GCC unroll 8
    for (int g = 0; g < groups; ++g) a[g] = reinterpret_cast<const char*>(left.at + left.segment[s] + g / 2 * left.four + g % 2 * left.two);
    for (long k = left.length; k > 0; --k) {
      V factors[Vectors];
#pragma GCC unroll 8
      for (int j = 0; j < Vectors; ++j) factors[j] = load(reinterpret_cast<const T*>(b) + j * lanes<T>);
      b += right_step;  // here, or g++ loads them once more for every row of a wide tile
#pragma GCC unroll 16
      for (int i = 0; i < Rows; ++i) {
        const V factor(*reinterpret_cast<const T*>(a[i / 2] + (i % 2) * row));
#pragma GCC unroll 8
        for (int j = 0; j < Vectors; ++j) sum[i][j] = multiply_add<T>(factor, factors[j], sum[i][j]);
      }
#pragma GCC unroll 8
      for (int g = 0; g < groups; ++g) a[g] += step;
    }
  }
#pragma GCC unroll 16
  for (int i = 0; i < Rows; ++i)
#pragma GCC unroll 8
    for (int j = 0; j < Vectors; ++j) {
      T* to = c + i * c_row + j * lanes<T>;
      save(to, add ? load(to) + sum[i][j] : sum[i][j]);
    }
}

template <class T>
using Tile = void (*)(const Left<T>&, const T*, long, T*, long, bool);

/// The vectors that a tile of so few rows may be wide, to keep the machine busy.
constexpr long wide_vectors(long rows) { return rows == 1 ? 8 : rows == 2 || (rows <= tile_rows / 2 && vector_registers == 32) ? 4 : 2; }

/// The tile of so many rows and vectors: one or two, or wide_vectors(rows).
template <class T>
Tile<T> tile_of(long rows, long vectors) {
  static constexpr auto table = []<int... I>(std::integer_sequence<int, I...>) {
    struct { Tile<T> at[3][sizeof...(I)]; } t{{{tile<T, I + 1, 1>...}, {tile<T, I + 1, 2>...}, {tile<T, I + 1, wide_vectors(I + 1)>...}}};
    return t;
  }(std::make_integer_sequence<int, tile_rows>{});
  return table.at[std::min(vectors, 3L) - 1][rows - 1];
}

/// The same for one or two rows and one vector. Four sums hide the latency of addition.
template <class T>
void narrow_tile(const Left<T>& left, long rows, const T* right, long right_row, T* c, long c_row, bool add) {
  for (long i = 0; i < rows; ++i) {
    Vector<T> sum[4] = {Vector<T>(T(0)), Vector<T>(T(0)), Vector<T>(T(0)), Vector<T>(T(0))};
    const T* a = left.at + i * left.row;
    long k = 0;
    for (; k + 4 <= left.length; k += 4)
      for (int u = 0; u < 4; ++u) sum[u] = multiply_add<T>(Vector<T>(a[(k + u) * left.step]), load(right + (k + u) * right_row), sum[u]);
    for (; k < left.length; ++k) sum[0] = multiply_add<T>(Vector<T>(a[k * left.step]), load(right + k * right_row), sum[0]);
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
