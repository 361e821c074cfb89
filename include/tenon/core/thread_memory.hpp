// Memory that helper threads are to have before they need it.
#pragma once

#include <atomic>
#include <cstddef>
#include <exception>

namespace tenon::detail {

/// Is this thread working on a chunk that helpers might have got?
inline bool& in_chunk() {
  static thread_local bool inside = false;
  return inside;
}

/// One purpose for which every thread keeps memory of its own. What any chunk needs is noted here, and given to all helpers before the
/// call ends in which it was noted first: whoever gets that chunk in a later call takes no memory. Lives for the rest of the program.
class ThreadMemory {
 public:
  using Grow = void (*)(std::size_t bytes);  ///< gives the thread that calls it so much at least

  explicit ThreadMemory(Grow grow) : grow_(grow), next_(first().load()) {
    while (!first().compare_exchange_weak(next_, this)) {
    }
  }
  ThreadMemory(const ThreadMemory&) = delete;

  void need(std::size_t bytes) {
    std::size_t before = bytes_.load(std::memory_order_relaxed);
    while (before < bytes)
      if (bytes_.compare_exchange_weak(before, bytes)) version().fetch_add(1, std::memory_order_release);
  }
  /// Changes whenever more is needed.
  static std::atomic<long>& version() {
    static std::atomic<long> changes{0};
    return changes;
  }
  /// Gives this thread what is needed of everything.
  static void grow_all() noexcept {
    try {
      for (ThreadMemory* m = first().load(); m != nullptr; m = m->next_) m->grow_(m->bytes_.load());
    } catch (const std::exception&) {  // there is none to be had: the chunk that needs it will say so
    }
  }

 private:
  static std::atomic<ThreadMemory*>& first() {
    static std::atomic<ThreadMemory*> head{nullptr};
    return head;
  }

  std::atomic<std::size_t> bytes_{0};
  Grow grow_;
  ThreadMemory* next_;
};

}  // namespace tenon::detail
