// Memory that a kernel needs while it runs.
#pragma once

#include <cstddef>

#include <tenon/backend/cpu/vector.hpp>
#include <tenon/core/aligned_array.hpp>

namespace tenon::cpu::inline TENON_ISA {

/// Room for `count` numbers, aligned for every vector and owned by this thread. It grows when it is first asked for so much, and
/// is never given back before the thread ends; `Slot` tells apart what is needed at the same time.
template <class T, int Slot>
T* scratch(long count) {
  thread_local AlignedArray<std::byte> memory;
  const std::size_t bytes = (static_cast<std::size_t>(count) * sizeof(T) + 63) / 64 * 64;
  if (bytes > memory.size()) {
    memory.resize(0);  // first, so that the old and the new need not both be there
    memory.resize(bytes);
  }
  return reinterpret_cast<T*>(memory.data());
}

}  // namespace tenon::cpu::inline TENON_ISA
