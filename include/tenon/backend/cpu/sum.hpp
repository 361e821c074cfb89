// Long sums, in an order that depends on their length only.
#pragma once

#include <algorithm>

#include <tenon/backend/cpu/bfloat16.hpp>
#include <tenon/backend/cpu/scratch.hpp>
#include <tenon/core/threads.hpp>

namespace tenon::cpu::inline TENON_ISA {

/// y(j) = x(0, j) + x(1, j) + ..., for rows that lie `stride` apart.
template <class T, class From>
void sum_in_order(T* y, const From* x, long stride, long rows, long columns) {
  for (long j = 0; j < columns; j += lanes<T>) {
    const First<T> first(columns - j);
    Vector<T> sum(T(0));
    for (long i = 0; i < rows; ++i) sum = sum + load<T>(x + i * stride + j, first);
    save(y + j, sum, first);
  }
}

/// A sum of `size` numbers that threads make in parts, side by side; then the parts are added in order. How many there are must depend on sizes only.
template <class T>
class SumInParts {
 public:
  SumInParts(T* total, long size, long parts) : total_(total), size_(size), parts_(parts), sums_(parts == 1 ? total : scratch<T, Slot::aside>(parts * size)) {}

  T* part(long k) const { return sums_ + k * size_; }
  void add_up() const {
    if (parts_ == 1) return;
    parallel_ranges(size_, 64, static_cast<double>(size_ * parts_) / lanes<T>, [&](long begin, long end) {
      sum_in_order(total_ + begin, sums_ + begin, size_, parts_, end - begin);
    });
  }

 private:
  T* total_;
  long size_, parts_;
  T* sums_;
};

/// y(j) = sum over i of x(i, j), x dense: blocks of rows are summed apart, and then their sums.
template <class T, class From>
void sum_columns(T* y, const From* x, long rows, long columns) {
  constexpr long at_once = 1024;
  const long blocks = (rows + at_once - 1) / at_once;
  if (blocks <= 1) return sum_in_order(y, x, columns, rows, columns);
  T* sums = scratch<T, Slot::aside>(blocks * columns);
  parallel_for(blocks, static_cast<double>(rows) * static_cast<double>(columns) / lanes<T>, [&](long block) {
    sum_in_order(sums + block * columns, x + block * at_once * columns, columns, std::min(at_once, rows - block * at_once), columns);
  });
  sum_in_order(y, sums, columns, blocks, columns);
}

}  // namespace tenon::cpu::inline TENON_ISA
