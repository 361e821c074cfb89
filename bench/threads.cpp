// What it takes to share work among the cores: Tenon's threads (core/threads.hpp) beside OpenMP and TBB, as many as there are cores.
//
// Microseconds of a round in which each thread has one chunk: of nothing, and of so much arithmetic that one thread needs 20 microseconds
// for all; one round after the other, and with a pause of a millisecond before each. Then the same beside other programs that keep all
// cores busy: who spins for long takes their time, and loses his own.
#include <tenon/core/threads.hpp>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <string>
#include <thread>
#include <vector>

#if defined(_OPENMP)
#include <omp.h>
#endif
#if defined(TENON_BENCH_TBB)
#include <tbb/parallel_for.h>
#endif

namespace {

using Clock = std::chrono::steady_clock;

double seconds(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

/// Keeps a core busy for so many steps.
void arithmetic(long steps) {
  float x = 1;
  for (long i = 0; i < steps; ++i) {
    x = x * 0.999f + 0.001f;
    asm volatile("" : "+x"(x));
  }
}

/// The median of many rounds, in microseconds.
template <class Round>
double median(Round round, bool pause, int rounds) {
  std::vector<double> times;
  for (int i = 0; i < rounds; ++i) {
    if (pause) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    const auto start = Clock::now();
    round();
    times.push_back(seconds(start) * 1e6);
  }
  std::nth_element(times.begin(), times.begin() + rounds / 2, times.end());
  return times[static_cast<std::size_t>(rounds) / 2];
}

template <class Share>
void measure(const char* name, int threads, long steps, Share share) {
  const auto nothing = [&] { share(threads, [](long) {}); };
  const auto work = [&] { share(threads, [=](long) { arithmetic(steps / threads); }); };
  std::printf("| %s | %.2f | %.2f | %.2f | %.2f |\n", name, median(nothing, false, 20000), median(work, false, 5000), median(nothing, true, 500), median(work, true, 500));
}

void measure_all(int threads, long steps) {
  measure("one thread", 1, steps, [](long chunks, const auto& f) { for (long i = 0; i < chunks; ++i) f(i); });
  measure("Tenon", threads, steps, [](long chunks, const auto& f) { tenon::parallel_for(chunks, 1e9, f); });
#if defined(_OPENMP)
  measure("OpenMP", threads, steps, [](long chunks, const auto& f) {
#pragma omp parallel for schedule(static)
    for (long i = 0; i < chunks; ++i) f(i);
  });
#endif
#if defined(TENON_BENCH_TBB)
  measure("TBB", threads, steps, [](long chunks, const auto& f) { tbb::parallel_for(0L, chunks, [&](long i) { f(i); }, tbb::static_partitioner{}); });
#endif
}

}  // namespace

int main() {
  const int threads = tenon::num_threads();
  long steps = 1000;
  while (median([=] { arithmetic(steps); }, false, 100) < 20) steps += steps / 8;
  const char* head = "nothing | 20 us of work | nothing, after 1 ms | 20 us of work, after 1 ms |\n|---|---|---|---|---|";
  std::printf("| %d threads, us | %s\n", threads, head);
  measure_all(threads, steps);

  std::printf("\n| the same beside busy cores | %s\n", head);
  std::atomic<bool> stop{false};
  std::vector<std::thread> others;
  for (int i = 0; i < threads; ++i) others.emplace_back([&] { while (!stop.load(std::memory_order_relaxed)) arithmetic(1000); });
  measure_all(threads, steps);
  stop = true;
  for (auto& other : others) other.join();
}
