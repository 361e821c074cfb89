// Memory that a kernel needs while it runs.
#pragma once

#include <cstddef>

#include <tenon/backend/cpu/vector.hpp>
#include <tenon/core/aligned_array.hpp>
#include <tenon/core/thread_memory.hpp>

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

/// What a thread has for a slot. It is never given back before the thread ends.
template <class T, Slot>
AlignedArray<std::byte>& memory_of_thread() {
  thread_local AlignedArray<std::byte> memory;
  return memory;
}
template <class T, Slot S>
void grow_memory_of_thread(std::size_t bytes) {
  auto& memory = memory_of_thread<T, S>();
  if (bytes <= memory.size()) return;
  memory.resize(0);  // first, so that the old and the new need not both be there
  memory.resize(bytes);
}

/// Room for `count` numbers, aligned for every vector and owned by this thread. It grows when it is first asked for so much; what a chunk of
/// parallel_for asks for, all helper threads get before the call ends.
template <class T, Slot S>
T* scratch(long count) {
  const std::size_t bytes = (static_cast<std::size_t>(count) * sizeof(T) + 63) / 64 * 64;
  grow_memory_of_thread<T, S>(bytes);
  if (tenon::detail::in_chunk()) {
    static tenon::detail::ThreadMemory of_all{&grow_memory_of_thread<T, S>};
    of_all.need(bytes);
  }
  return reinterpret_cast<T*>(memory_of_thread<T, S>().data());
}

}  // namespace tenon::cpu::inline TENON_ISA
