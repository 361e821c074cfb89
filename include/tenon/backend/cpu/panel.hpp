// Panels: some columns of a matrix, copied to lie together and padded with zeros to whole vectors.
#pragma once

#include <tenon/backend/cpu/lanes.hpp>

namespace tenon::cpu::inline TENON_ISA {

/// panel(k, j) = from(k, j) for `columns` columns of a matrix whose rows lie `from_row` apart.
template <class T>
void pack(T* panel, long width, const T* from, long from_row, long rows, long columns) {
  for (long k = 0; k < rows; ++k, panel += width, from += from_row) {
    for (long j = 0; j < width; j += lanes<T>) save(panel + j, j + lanes<T> <= columns ? load(from + j) : load(from + j, First<T>(columns - j)));
  }
}

/// panel(k, j) = from(j, k): the same of a matrix that lies transposed.
template <class T>
[[gnu::noinline]] void pack_transposed(T* panel, long width, const T* from, long from_row, long rows, long columns) {
  for (long j = 0; j < width; j += lanes<T>) {
    long k = 0;
    if (j + lanes<T> <= columns)
      for (; k + lanes<T> <= rows; k += lanes<T>) transpose_square(panel + k * width + j, width, from + j * from_row + k, from_row);
    for (; k < rows; ++k)
      for (long i = j; i < j + lanes<T>; ++i) panel[k * width + i] = i < columns ? from[i * from_row + k] : T(0);
  }
}

/// Asks for a part of what will be packed next, so that it is near when the time comes: the rows from begin / parts to end / parts of all.
template <class T>
void prefetch(const T* from, long from_row, long rows, long columns, long begin, long end, long parts) {
  constexpr long line = 64 / sizeof(T);
  for (long k = rows * begin / parts; k < rows * end / parts; ++k)
    for (long j = 0; j < columns; j += line) __builtin_prefetch(from + k * from_row + j, 0, 2);
}

/// The sum of a panel's rows.
template <class T>
void sum_rows(T* sums, const T* panel, long width, long rows, long columns, bool add) {
  for (long j = 0; j < columns; j += lanes<T>) {
    const First<T> first(columns - j);
    Vector<T> sum = add ? load(sums + j, first) : Vector<T>(T(0));
    for (long k = 0; k < rows; ++k) sum = sum + load(panel + k * width + j, first);
    save(sums + j, sum, first);
  }
}

}  // namespace tenon::cpu::inline TENON_ISA
