// Panels: some columns of a matrix, copied to lie together and padded with zeros to whole vectors.
#pragma once

#include <tenon/backend/cpu/vector.hpp>

namespace tenon::cpu::inline TENON_ISA {

/// panel(k, j) = from(k, j) for `columns` columns of a matrix whose rows lie `from_row` apart.
template <class T>
void pack(T* panel, long width, const T* from, long from_row, long rows, long columns) {
  for (long k = 0; k < rows; ++k)
    for (long j = 0; j < width; j += lanes<T>) save(panel + k * width + j, j < columns ? load(from + k * from_row + j, First<T>(columns - j)) : Vector<T>(T(0)));
}

/// panel(k, j) = from(j, k): the same of a matrix that lies transposed.
template <class T>
void pack_transposed(T* panel, long width, const T* from, long from_row, long rows, long columns) {
  for (long j = 0; j < width; ++j)
    for (long k = 0; k < rows; ++k) panel[k * width + j] = j < columns ? from[j * from_row + k] : T(0);
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
