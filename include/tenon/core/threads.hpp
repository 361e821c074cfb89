// The threads that one call of a kernel is shared among.
#pragma once

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <exception>
#include <memory>
#include <thread>
#include <utility>
#include <vector>

#include <tenon/core/available_threads.hpp>
#include <tenon/core/thread_limit.hpp>
#include <tenon/core/thread_memory.hpp>

#if __has_include(<pthread.h>)
#include <pthread.h>
#endif

namespace tenon {
namespace detail {

inline std::atomic<int>& thread_count() {
  static std::atomic<int> count{available_threads()};
  return count;
}

/// Helper threads that spin for a short while after each round of work and then sleep: sleeping at once costs tens of
/// microseconds per kernel, spinning for long steals the cores of others. A round does not wait for helpers that have not woken
/// up when the work is done. Helpers that sleep are woken for much work at once, and for less only when the caller has gone on for as long as
/// they would have stayed awake: a call of 20 microseconds each millisecond is over before they are there, and only pays for waking them.
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
  void share(long chunks, int helpers, double work, void (*run)(void*, long), void* context) {
    const InChunk chunk;
    if (forked().load(std::memory_order_relaxed) || busy_.exchange(true, std::memory_order_acquire)) return run_all(chunks, run, context);
    const Busy busy{busy_};
    grow(helpers);
    if (work < worth_waking && awake_.load(std::memory_order_relaxed) == 0 && !goes_on()) run_all(chunks, run, context);
    else run_shared(chunks, helpers, run, context);
    give_memory();
  }

 private:
  using Clock = std::chrono::steady_clock;
  static constexpr int open = 1 << 30;       // added to inside_ while a round can be entered
  static constexpr int patience = 4000;      // pauses before a wait becomes a sleep: 40 to 150 microseconds
  static constexpr auto nap = std::chrono::microseconds(100);    // about as long: after such a pause helpers sleep
  static constexpr double worth_waking = 400000;  // some 60 microseconds of one thread: waking takes half of that, or more

  struct InChunk {
    bool before = std::exchange(in_chunk(), true);
    ~InChunk() { in_chunk() = before; }
  };
  struct Busy {
    std::atomic<bool>& flag;
    ~Busy() { flag.store(false, std::memory_order_release); }
  };

  static void run_all(long chunks, void (*run)(void*, long), void* context) {
    for (long chunk = 0; chunk < chunks; ++chunk) run(context, chunk);
  }

  /// Has there been work for some time, without a pause in which helpers go to sleep? Asked while they sleep.
  bool goes_on() {
    const auto now = Clock::now();
    if (now - last_ > nap) since_ = now;
    last_ = now;
    return now - since_ > nap;
  }

  void run_shared(long chunks, int helpers, void (*run)(void*, long), void* context) {
    helpers = std::min(helpers, static_cast<int>(parts_.size()) - 1);
    run_ = run, context_ = context;
    for (int i = 0; i <= helpers; ++i) {
      parts_[static_cast<std::size_t>(i)].next.store(chunks * i / (helpers + 1), std::memory_order_relaxed);
      parts_[static_cast<std::size_t>(i)].end = chunks * (i + 1) / (helpers + 1);
    }
    helpers_.store(helpers, std::memory_order_relaxed);
    inside_.store(open, std::memory_order_release);
    begin_round();
    work(0, helpers);
    int inside = inside_.fetch_sub(open, std::memory_order_acquire) - open;  // nobody enters from here on
    for (int spins = 0; inside != 0; inside = inside_.load(std::memory_order_acquire)) {
      if (++spins < patience) pause();
      else inside_.wait(inside, std::memory_order_acquire);
    }
    if (error_) [[unlikely]] {
      const std::exception_ptr error = std::exchange(error_, nullptr);
      failed_.store(false, std::memory_order_relaxed);
      std::rethrow_exception(error);
    }
  }
  void begin_round() {
    round_.fetch_add(1, std::memory_order_release);
    round_.notify_all();
  }

  /// A round in which every helper takes the memory that chunks were found to need, if that has changed.
  void give_memory() {
    const long version = ThreadMemory::version().load(std::memory_order_acquire);
    if (version == given_) [[likely]] return;
    given_ = version;
    without_memory_.store(static_cast<int>(threads_.size()), std::memory_order_relaxed);
    memory_round_.store(round_.load(std::memory_order_relaxed) + 1, std::memory_order_relaxed);
    begin_round();
    for (int left; (left = without_memory_.load(std::memory_order_acquire)) != 0;) without_memory_.wait(left, std::memory_order_acquire);
  }

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
        given_ = -1;
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

  void sleep_until_round(std::uint32_t seen) {
    awake_.fetch_sub(1, std::memory_order_relaxed);
    round_.wait(seen, std::memory_order_acquire);
    awake_.fetch_add(1, std::memory_order_relaxed);
  }

  void help(int index) {
    in_chunk() = true;
    awake_.fetch_add(1, std::memory_order_relaxed);
    std::uint32_t seen = 0;
    for (;;) {
      for (int spins = 0; round_.load(std::memory_order_acquire) == seen;) {
        if (++spins < patience) pause();
        else sleep_until_round(seen);
      }
      seen = round_.load(std::memory_order_acquire);
      if (stop_.load()) return;
      if (seen == memory_round_.load(std::memory_order_relaxed)) {
        ThreadMemory::grow_all();
        if (without_memory_.fetch_sub(1, std::memory_order_acq_rel) == 1) without_memory_.notify_one();
        continue;
      }
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
  Clock::time_point last_{}, since_{};  // of rounds while helpers sleep: the last one, and the first of those without a pause between
  long given_ = -1;  // the version of what helpers have
  std::atomic<int> without_memory_{0};
  std::atomic<std::uint32_t> memory_round_{0};
  std::atomic<int> awake_{0};  // helpers that do not sleep
  alignas(64) std::atomic<std::uint32_t> round_{0};
  std::atomic<int> helpers_{0};
  alignas(64) std::atomic<int> inside_{0};  // helpers that are in this round, plus `open`
};

}  // namespace detail

/// How many threads a kernel may use that this thread calls, which is one of them.
inline int num_threads() { return std::min(detail::thread_count().load(std::memory_order_relaxed), detail::limit_of_this_thread()); }
/// Sets how many threads a kernel may use, whoever calls it (see ThreadLimit for one caller); results do not depend on it. With 0: as many as there are cores. More than any
/// machine has use for (64, or four times its cores) are not made.
inline void set_num_threads(int count) { detail::thread_count().store(count > 0 ? std::min(count, detail::most_threads()) : detail::available_threads()); }

/// Calls f(chunk) for every chunk, in no particular order. `work` estimates everything together, in vector instructions;
/// little work stays on this thread. What f throws first is thrown here; then not every chunk may have been done.
template <class F>
void parallel_for(long chunks, double work, const F& f) {
  constexpr double enough = 20000, least = 1.5 * enough;  // of a thread, some microseconds: several times what waking a spinning helper takes
  const long threads = std::min<long>({chunks, num_threads(), 1 + static_cast<long>(std::min(work / enough, 1e6))});
  if (threads <= 1 || work < least) {
    for (long chunk = 0; chunk < chunks; ++chunk) f(chunk);
    return;
  }
  detail::ThreadPool::instance().share(
      chunks, static_cast<int>(threads - 1), work, [](void* context, long chunk) { (*static_cast<const F*>(context))(chunk); },
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
