// Memory that a kernel needs while it runs.
#pragma once

#include <cstddef>
#include <cstdlib>
#include <memory>
#include <new>

namespace tenon::cpu {

/// Room for `count` numbers, aligned for every vector and owned by this thread. It grows when it is first asked for so much, and
/// is never given back before the thread ends; `Slot` tells apart what is needed at the same time.
template <class T, int Slot>
T* scratch(long count) {
  struct Free {
    void operator()(void* p) const { std::free(p); }
  };
  thread_local std::unique_ptr<T, Free> memory;
  thread_local std::size_t size = 0;
  const std::size_t bytes = (static_cast<std::size_t>(count) * sizeof(T) + 63) / 64 * 64;
  if (bytes > size) {
    memory.reset();
    memory.reset(static_cast<T*>(std::aligned_alloc(64, bytes)));
    if (memory == nullptr) throw std::bad_alloc();
    size = bytes;
  }
  return memory.get();
}

}  // namespace tenon::cpu
