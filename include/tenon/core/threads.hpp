// The threads that one call of a kernel is shared among.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <cstdlib>
#include <exception>
#include <memory>
#include <thread>
#include <utility>
#include <vector>

#if defined(__linux__)
#include <sched.h>
#endif
#if __has_include(<pthread.h>)
#include <pthread.h>
#endif

namespace tenon {
namespace detail {

/// The cores that this process may use: TENON_NUM_THREADS where it is set, otherwise what the scheduler allows.
inline int available_threads() {
  if (const char* text = std::getenv("TENON_NUM_THREADS"))
    if (const int count = std::atoi(text); count > 0) return count;
#if defined(__linux__)
  cpu_set_t cores;
  if (sched_getaffinity(0, sizeof cores, &cores) == 0) return std::max(1, CPU_COUNT(&cores));
#endif
  return std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
}
inline std::atomic<int>& thread_count() {
  static std::atomic<int> count{available_threads()};
  return count;
}

/// Helper threads that spin for a short while after each round of work and then sleep: sleeping at once costs tens of
/// microseconds per kernel, spinning for long steals the cores of others. A round does not wait for helpers that have not woken
/// up when the work is done.
/// Each thread begins with chunks of its own, the same ones in every round of as many chunks, so that it finds in its caches what it
/// worked on before; whoever is done takes those of others.
class ThreadPool {
 public:
  static ThreadPool& instance() {
    static ThreadPool pool;
    return pool;
  }
  ThreadPool(const ThreadPool&) = delete;

  /// Calls run(context, chunk) for every chunk, on this thread and at most `helpers` others. When another thread is using the
  /// helpers (or when this is one of them), everything is done here. If a call throws, chunks that are not begun are left out,
  /// and what was thrown first is thrown here when nobody works any more.
  void share(long chunks, int helpers, void (*run)(void*, long), void* context) {
    if (forked().load(std::memory_order_relaxed) || busy_.exchange(true, std::memory_order_acquire)) {
      for (long chunk = 0; chunk < chunks; ++chunk) run(context, chunk);
      return;
    }
    grow(helpers);
    helpers = std::min(helpers, static_cast<int>(parts_.size()) - 1);
    run_ = run, context_ = context;
    for (int i = 0; i <= helpers; ++i) {
      parts_[static_cast<std::size_t>(i)].next.store(chunks * i / (helpers + 1), std::memory_order_relaxed);
      parts_[static_cast<std::size_t>(i)].end = chunks * (i + 1) / (helpers + 1);
    }
    helpers_.store(helpers, std::memory_order_relaxed);
    inside_.store(open, std::memory_order_release);
    round_.fetch_add(1, std::memory_order_release);
    round_.notify_all();
    work(0, helpers);
    int inside = inside_.fetch_sub(open, std::memory_order_acquire) - open;  // nobody enters from here on
    for (int spins = 0; inside != 0; inside = inside_.load(std::memory_order_acquire)) {
      if (++spins < patience) pause();
      else inside_.wait(inside, std::memory_order_acquire);
    }
    if (error_) [[unlikely]] {
      const std::exception_ptr error = std::exchange(error_, nullptr);
      failed_.store(false, std::memory_order_relaxed);
      busy_.store(false, std::memory_order_release);
      std::rethrow_exception(error);
    }
    busy_.store(false, std::memory_order_release);
  }

 private:
  static constexpr int open = 1 << 30;       // added to inside_ while a round can be entered
  static constexpr int patience = 4000;      // pauses before a wait becomes a sleep: 40 to 150 microseconds

  ThreadPool() {
#if __has_include(<pthread.h>)
    pthread_atfork(nullptr, nullptr, [] { forked().store(true); });  // a child has no helpers
#endif
  }
  ~ThreadPool() {
    if (forked().load()) {
      for (auto& thread : threads_) thread.release();  // nothing to join in this process
      return;
    }
    stop_.store(true);
    round_.fetch_add(1);
    round_.notify_all();
    for (auto& thread : threads_) thread->join();
  }

  static std::atomic<bool>& forked() {
    static std::atomic<bool> flag{false};
    return flag;
  }
  static void pause() {
#if defined(__x86_64__) || defined(__i386__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    asm volatile("yield");
#endif
  }

  void grow(int helpers) {
    try {
      if (static_cast<int>(parts_.size()) <= helpers) parts_ = std::vector<Part>(static_cast<std::size_t>(helpers) + 1);
      threads_.reserve(static_cast<std::size_t>(helpers));
      while (static_cast<int>(threads_.size()) < helpers) {
        const int index = static_cast<int>(threads_.size());
        threads_.push_back(std::make_unique<std::thread>([this, index] { help(index); }));
      }
    } catch (const std::exception&) {  // no more threads or memory to be had: the threads there are do the work
    }
  }

  void work(int self, int helpers) noexcept {
    try {
      for (int i = 0; i <= helpers; ++i) {
        Part& part = parts_[static_cast<std::size_t>((self + i) % (helpers + 1))];
        for (long chunk; (chunk = part.next.fetch_add(1, std::memory_order_relaxed)) < part.end;) run_(context_, chunk);
      }
    } catch (...) {
      for (Part& part : parts_) part.next.store(part.end, std::memory_order_relaxed);
      if (!failed_.exchange(true, std::memory_order_relaxed)) error_ = std::current_exception();
    }
  }

  void help(int index) {
    std::uint32_t seen = 0;
    for (;;) {
      for (int spins = 0; round_.load(std::memory_order_acquire) == seen;) {
        if (++spins < patience) pause();
        else round_.wait(seen, std::memory_order_acquire);
      }
      seen = round_.load(std::memory_order_acquire);
      if (stop_.load()) return;
      if (index >= helpers_.load(std::memory_order_relaxed)) continue;
      int inside = inside_.load(std::memory_order_acquire);
      while (inside >= open && !inside_.compare_exchange_weak(inside, inside + 1, std::memory_order_acq_rel)) {
      }
      if (inside < open) continue;  // too late
      work(index + 1, helpers_.load(std::memory_order_relaxed));
      if (inside_.fetch_sub(1, std::memory_order_acq_rel) == 1) inside_.notify_one();
    }
  }

  /// The chunks next..end, on a line of the cache of their own.
  struct alignas(64) Part {
    std::atomic<long> next{0};
    long end = 0;
  };

  std::vector<std::unique_ptr<std::thread>> threads_;
  std::atomic<bool> busy_{false}, stop_{false}, failed_{false};
  std::exception_ptr error_;  // of the first that failed; read when nobody is inside
  void (*run_)(void*, long) = nullptr;
  void* context_ = nullptr;
  std::vector<Part> parts_{1};
  alignas(64) std::atomic<std::uint32_t> round_{0};
  std::atomic<int> helpers_{0};
  alignas(64) std::atomic<int> inside_{0};  // helpers that are in this round, plus `open`
};

}  // namespace detail

/// How many threads a kernel may use, the calling one included.
inline int num_threads() { return detail::thread_count().load(std::memory_order_relaxed); }
/// Sets how many threads a kernel may use; results do not depend on it. With 0: as many as there are cores.
inline void set_num_threads(int count) { detail::thread_count().store(count > 0 ? count : detail::available_threads()); }

/// Calls f(chunk) for every chunk, in no particular order. `work` estimates everything together, in vector instructions;
/// little work stays on this thread. What f throws first is thrown here; then not every chunk may have been done.
template <class F>
void parallel_for(long chunks, double work, const F& f) {
  constexpr double enough = 20000;  // some microseconds: ten times what waking a spinning helper takes
  const long threads = std::min<long>({chunks, num_threads(), 1 + static_cast<long>(std::min(work / enough, 1e6))});
  if (threads <= 1) {
    for (long chunk = 0; chunk < chunks; ++chunk) f(chunk);
    return;
  }
  detail::ThreadPool::instance().share(
      chunks, static_cast<int>(threads - 1), [](void* context, long chunk) { (*static_cast<const F*>(context))(chunk); },
      const_cast<void*>(static_cast<const void*>(&f)));
}

/// What reading or writing so many bytes once takes as `work`: memory gives a line of 64 bytes in the time of some sixteen instructions.
constexpr double memory_work(long bytes) { return static_cast<double>(bytes) / 4; }

/// Calls f(begin, end) on parts of 0..count that together cover it; parts begin at multiples of `grain`.
template <class F>
void parallel_ranges(long count, long grain, double work, const F& f) {
  if (count <= 0) return;
  const long grains = (count + grain - 1) / grain, chunks = std::min<long>(grains, num_threads() * 4L);
  parallel_for(chunks, work, [&](long chunk) {
    const long begin = grains * chunk / chunks * grain, end = grains * (chunk + 1) / chunks * grain;
    f(begin, std::min(end, count));
  });
}

}  // namespace tenon
