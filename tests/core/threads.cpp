#include <tenon/core/threads.hpp>

#include "../support/catch.hpp"

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <stdexcept>
#include <string>
#include <thread>

#if __has_include(<sys/wait.h>)
#include <sys/wait.h>
#include <unistd.h>
#endif

using namespace tenon;

namespace {

constexpr double plenty = 1e9;

/// True if every chunk ran once.
bool covers(long chunks) {
  std::vector<std::atomic<int>> count(static_cast<std::size_t>(chunks));
  parallel_for(chunks, plenty, [&](long chunk) { ++count[static_cast<std::size_t>(chunk)]; });
  for (const auto& c : count)
    if (c != 1) return false;
  return true;
}

}  // namespace

TEST_CASE("parallel_for runs every chunk once", "[core][threads]") {
  for (const int threads : {1, 2, 3, 7, 2}) {
    set_num_threads(threads);
    CHECK(num_threads() == threads);
    for (int round = 0; round < 200; ++round)
      for (const long chunks : {0L, 1L, 2L, 13L, 100L})
        if (!covers(chunks)) FAIL(chunks << " chunks on " << threads << " threads");
  }
  set_num_threads(0);
  CHECK(num_threads() >= 1);
}

TEST_CASE("parallel_for keeps little work on the calling thread", "[core][threads]") {
  set_num_threads(4);
  const auto here = std::this_thread::get_id();
  std::atomic<int> elsewhere{0};
  parallel_for(100, 10, [&](long) { elsewhere += std::this_thread::get_id() != here; });
  CHECK(elsewhere == 0);
  set_num_threads(0);
}

TEST_CASE("a ThreadLimit holds for the thread that has it, while it lives", "[core][threads]") {
  set_num_threads(4);
  {
    const ThreadLimit two{2};
    CHECK(num_threads() == 2);
    {
      const ThreadLimit alone{1};
      CHECK(num_threads() == 1);
      const auto here = std::this_thread::get_id();
      std::atomic<int> elsewhere{0}, others = 0;
      parallel_for(100, plenty, [&](long) { elsewhere += std::this_thread::get_id() != here; });
      CHECK(elsewhere == 0);
      std::thread([&] { others = num_threads(); }).join();
      CHECK(others == 4);
      const ThreadLimit more{9};
      CHECK(num_threads() == 4);
    }
    CHECK(num_threads() == 2);
  }
  CHECK(num_threads() == 4);
  set_num_threads(0);
}

TEST_CASE("parallel_for wakes helpers for a little work only when it goes on", "[core][threads]") {
  set_num_threads(2);
  covers(50);  // there is a helper
  const auto helped = [here = std::this_thread::get_id()](std::chrono::microseconds chunk) {
    std::atomic<int> elsewhere{0};
    parallel_for(2, 100000, [&](long) {
      elsewhere += std::this_thread::get_id() != here;
      for (const auto start = std::chrono::steady_clock::now(); std::chrono::steady_clock::now() - start < chunk;) continue;
    });
    return elsewhere > 0;
  };
  int now_and_then = 0;
  for (int round = 0; round < 20; ++round) {
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    now_and_then += helped(std::chrono::milliseconds(3));
  }
  CHECK(now_and_then < 10);  // 0, but for a helper that gets no time to go to sleep
  bool at_last = false;
  for (int round = 0; round < 100000 && !at_last; ++round) at_last = helped(std::chrono::microseconds(10));
  CHECK(at_last);
  set_num_threads(0);
}

TEST_CASE("what a chunk was found to need, every helper has when the call ends", "[core][threads]") {
  set_num_threads(4);
  static thread_local std::size_t has = 0;
  static std::atomic<int> grown{0};
  static detail::ThreadMemory memory{[](std::size_t bytes) { if (bytes > has) has = bytes, ++grown; }};
  for (const std::size_t bytes : {100u, 50u, 200u}) {
    grown = 0;
    parallel_for(1000, plenty, [&](long) { memory.need(bytes); });
    INFO(bytes << " bytes, " << grown << " threads");
    CHECK((bytes == 50 ? grown == 0 : grown >= 3));  // other tests may have left more helpers
  }
  set_num_threads(0);
}

TEST_CASE("parallel_for wakes helpers that have gone to sleep", "[core][threads]") {
  set_num_threads(3);
  for (int round = 0; round < 5; ++round) {
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    CHECK(covers(50));
  }
  set_num_threads(0);
}

TEST_CASE("parallel_for passes an exception on, and goes on working", "[core][threads]") {
  const auto caller = std::this_thread::get_id();
  for (const int threads : {1, 3}) {
    set_num_threads(threads);
    for (int round = 0; round < 50; ++round)
      for (const bool on_helpers : {false, true}) {
        if (on_helpers && threads == 1) continue;
        std::atomic<int> thrown{0};
        const auto throwing = [&] {
          parallel_for(64, plenty, [&](long chunk) {
            if ((std::this_thread::get_id() != caller) != on_helpers) return std::this_thread::sleep_for(std::chrono::microseconds(20));
            ++thrown;
            throw std::runtime_error("chunk " + std::to_string(chunk));
          });
        };
        bool caught = false;
        try {
          throwing();
        } catch (const std::runtime_error& e) {
          caught = std::string(e.what()).starts_with("chunk ");
        }
        if (caught != (thrown > 0)) FAIL("thrown " << thrown << " times on " << threads << " threads");
        if (!on_helpers && !caught) FAIL("the calling thread does no work");
        if (!covers(50)) FAIL("not every chunk after an exception");
      }
    std::atomic<int> elsewhere{0};  // the helpers are free again
    parallel_for(200, plenty, [&](long) { elsewhere += std::this_thread::get_id() != caller, std::this_thread::sleep_for(std::chrono::microseconds(100)); });
    CHECK((elsewhere > 0) == (threads > 1));
  }
  set_num_threads(0);
}

TEST_CASE("parallel_for may be called from several threads, and from inside of itself", "[core][threads]") {
  set_num_threads(3);
  std::atomic<int> failures{0};
  std::vector<std::thread> callers;
  for (int t = 0; t < 4; ++t)
    callers.emplace_back([&] {
      for (int round = 0; round < 500; ++round) failures += !covers(20);
    });
  for (auto& caller : callers) caller.join();
  CHECK(failures == 0);
  std::atomic<int> inner{0};
  parallel_for(10, plenty, [&](long) { parallel_for(10, plenty, [&](long) { ++inner; }); });
  CHECK(inner == 100);
  set_num_threads(0);
}

TEST_CASE("parallel_ranges covers a range in parts that begin at multiples of the grain", "[core][threads]") {
  set_num_threads(3);
  for (const long count : {0L, 1L, 15L, 16L, 17L, 1000L}) {
    std::vector<std::atomic<int>> seen(static_cast<std::size_t>(count));
    std::atomic<int> misplaced{0};
    parallel_ranges(count, 16, plenty, [&](long begin, long end) {
      misplaced += begin % 16 != 0;
      for (long i = begin; i < end; ++i) ++seen[static_cast<std::size_t>(i)];
    });
    CHECK(misplaced == 0);
    for (const auto& s : seen) CHECK(s == 1);
  }
  set_num_threads(0);
}

// The address sanitizer would count what belongs to the threads that a fork leaves behind.
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define TENON_TEST_ADDRESS_SANITIZER
#endif
#endif
#if __has_include(<sys/wait.h>) && !defined(__SANITIZE_THREAD__) && !defined(__SANITIZE_ADDRESS__) && !defined(TENON_TEST_ADDRESS_SANITIZER)
TEST_CASE("a process that was forked works alone, and ends", "[core][threads]") {
  set_num_threads(3);
  CHECK(covers(20));
  const pid_t child = fork();
  if (child == 0) std::exit(covers(20) ? 0 : 1);
  int status = -1;
  waitpid(child, &status, 0);
  CHECK(WIFEXITED(status));
  CHECK(WEXITSTATUS(status) == 0);
  CHECK(covers(20));
  set_num_threads(0);
}
#endif

TEST_CASE("TENON_NUM_THREADS is a whole number and nothing beside it", "[core][threads]") {
  using detail::wanted_threads;
  CHECK(wanted_threads("3") == 3);
  CHECK(wanted_threads("0") == 0);
  for (const char* text : {"2x", "two", "-1", "-99999999999", " 2", "2 ", "2.5", "+2", "99999999999x", ""}) {
    INFO(text);
    CHECK(wanted_threads(text) == -1);
  }
  const int most = detail::most_threads();
  CHECK(most >= 64);
  CHECK(wanted_threads("1000000") == most);
  CHECK(wanted_threads("99999999999") == most);
  set_num_threads(1 << 30);
  CHECK(num_threads() == most);
  set_num_threads(0);
}
