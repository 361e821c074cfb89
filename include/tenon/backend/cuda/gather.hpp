// Rows of a table, by their numbers.
#pragma once

#include <cstdint>

#include <tenon/backend/cuda/kernel.hpp>

namespace tenon::cuda {

/// An index that is no row of the table gives zeros.
struct GatherBody {
  const float* table;
  const std::int32_t* indices;
  float* out;
  long width, rows;

  TENON_HOST_DEVICE void operator()(long i) const {
    const long row = indices[i / width];
    out[i] = row >= 0 && row < rows ? table[row * width + i % width] : 0.f;
  }
};

template <>
struct CudaKernel<Gather> {
  template <class System>
  static void run(System& system, const KernelCall& call) {
    const long width = call.extent[1];
    system.each(call.extent[0] * width, GatherBody{static_cast<const float*>(call.in[0]), static_cast<const std::int32_t*>(call.in[1]), static_cast<float*>(call.out[0]), width, call.extent[2]});
  }
};

/// Writes down the row of the table and the place of each index; one that is no row goes behind all others.
struct NumberRows {
  const std::int32_t* indices;
  std::uint32_t *keys, *places;
  long rows;

  TENON_HOST_DEVICE void operator()(long i) const {
    keys[i] = indices[i] >= 0 && indices[i] < rows ? static_cast<std::uint32_t>(indices[i]) : static_cast<std::uint32_t>(rows);
    places[i] = static_cast<std::uint32_t>(i);
  }
};
struct Clear {
  float* numbers;
  TENON_HOST_DEVICE void operator()(long i) const { numbers[i] = 0; }
};
/// The first of equal keys adds up what belongs to all of them, in the order in which they came.
struct AddRows {
  const float* in;
  const std::uint32_t *keys, *places;
  float* table;
  long count, width, rows;

  TENON_HOST_DEVICE void operator()(long i) const {
    const long first = i / width, column = i % width;
    const std::uint32_t key = keys[first];
    if (static_cast<long>(key) == rows || (first > 0 && keys[first - 1] == key)) return;
    float sum = 0;
    for (long k = first; k < count && keys[k] == key; ++k) sum += in[static_cast<long>(places[k]) * width + column];
    table[static_cast<long>(key) * width + column] = sum;
  }
};

/// Sorted by row, so that equal indices add up in order, and no two threads write to one place.
template <>
struct CudaKernel<ScatterAdd> {
  template <class System>
  static void run(System& system, const KernelCall& call) {
    const long count = call.extent[0], width = call.extent[1], rows = call.extent[2];
    auto* const table = static_cast<float*>(call.out[0]);
    system.each(rows * width, Clear{table});
    if (count == 0) return;
    auto* const numbers = static_cast<std::uint32_t*>(system.room(4 * 4 * count + system.sort_room(count)));
    auto *const keys = numbers, *const places = numbers + count, *const sorted_keys = numbers + 2 * count, *const sorted_places = numbers + 3 * count;
    system.each(count, NumberRows{static_cast<const std::int32_t*>(call.in[1]), keys, places, rows});
    system.sort(keys, sorted_keys, places, sorted_places, count, numbers + 4 * count);
    system.each(count * width, AddRows{static_cast<const float*>(call.in[0]), sorted_keys, sorted_places, table, count, width, rows});
  }
};

}  // namespace tenon::cuda
