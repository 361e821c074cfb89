// Memory that a kernel needs while it runs.
#pragma once

#include <cstddef>

#include <tenon/backend/cpu/vector.hpp>
#include <tenon/core/aligned_array.hpp>

namespace tenon::cpu::inline TENON_ISA {

/// What memory is for. What a thread holds at the same time has different names, or numbers of different types: whoever calls parallel_for
/// keeps what is his while this thread works on chunks, which take theirs one after the other.
enum class Slot {
  left, right,  ///< operands as floats, of whoever then calls a kernel of floats (widened.hpp)
  aside,        ///< sums in parts, a reversed kernel; in a chunk only where neither is held
  panel, other_panel,  ///< operands in a better order: of the whole kernel, or of each chunk, not both
  image,        ///< images with their borders: all of them, or in a chunk one, not both
  block,        ///< results in the making: of a chunk, or, where chunks make parts of them, of all
  offsets, pixel_offsets, pair_offsets,  ///< where the segments of a window begin, where pixels, and where pairs do
};

/// Room for `count` numbers, aligned for every vector and owned by this thread. It grows when it is first asked for so much, and
/// is never given back before the thread ends.
template <class T, Slot>
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
