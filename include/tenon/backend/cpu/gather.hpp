// Rows of a table, by their numbers.
#pragma once

#include <algorithm>

#include <tenon/backend/cpu/kernel.hpp>
#include <tenon/core/threads.hpp>

namespace tenon::cpu::inline TENON_ISA {

/// An index that is no row of the table gives zeros.
template <class T>
struct CpuKernel<T, Gather> {
  static void run(const KernelCall& call) {
    const long width = call.extent[1], rows = call.extent[2];
    const T* table = static_cast<const T*>(call.in[0]);
    const auto* indices = static_cast<const std::int32_t*>(call.in[1]);
    T* out = static_cast<T*>(call.out[0]);
    parallel_ranges(call.extent[0], 1, static_cast<double>(call.extent[0] * width) / lanes<T> * 2, [&](long begin, long end) {
      for (long i = begin; i < end; ++i)
        if (const long row = indices[i]; row >= 0 && row < rows) std::copy_n(table + row * width, width, out + i * width);
        else std::fill_n(out + i * width, width, T(0));
    });
  }
};

/// Threads share the columns, so that equal indices add up in order. What belongs to an index that is no row is left out.
template <class T>
struct CpuKernel<T, ScatterAdd> {
  static void run(const KernelCall& call) {
    const long width = call.extent[1], rows = call.extent[2];
    const T* in = static_cast<const T*>(call.in[0]);
    const auto* indices = static_cast<const std::int32_t*>(call.in[1]);
    T* table = static_cast<T*>(call.out[0]);
    parallel_ranges(width, lanes<T>, static_cast<double>((call.extent[0] + rows) * width) / lanes<T> * 2, [&](long begin, long end) {
      for (long row = 0; row < rows; ++row) std::fill(table + row * width + begin, table + row * width + end, T(0));
      for (long i = 0; i < call.extent[0]; ++i) {
        if (indices[i] < 0 || indices[i] >= rows) continue;
        for (long j = begin; j < end; j += lanes<T>) {
          const First<T> first(end - j);
          T* to = table + indices[i] * width + j;
          save(to, load(to, first) + load(in + i * width + j, first), first);
        }
      }
    });
  }
};

}  // namespace tenon::cpu::inline TENON_ISA
