// How many threads this process may use.
#pragma once

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <string_view>
#include <system_error>
#include <thread>

#if defined(__linux__)
#include <sched.h>
#endif

namespace tenon::detail {

/// Threads beyond this number help nobody, and a slip of the keyboard would ask the system for millions.
inline int most_threads() { return std::max(64, 4 * static_cast<int>(std::thread::hardware_concurrency())); }

/// The cores that the scheduler allows.
inline int available_cores() {
#if defined(__linux__)
  cpu_set_t cores;
  if (sched_getaffinity(0, sizeof cores, &cores) == 0) return std::max(1, CPU_COUNT(&cores));
#endif
  return std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
}

/// The number of threads that a text asks for: 1 or more, or 0 for all cores; -1 if it is anything else.
inline int wanted_threads(std::string_view text) {
  int count = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
  if (end != text.data() + text.size() || error == std::errc::invalid_argument || text.starts_with('-')) return -1;
  return error == std::errc() ? std::min(count, most_threads()) : most_threads();
}

/// TENON_NUM_THREADS where it is set, otherwise the cores. What is no number is not followed, and said: who set it wanted something.
inline int available_threads() {
  const char* text = std::getenv("TENON_NUM_THREADS");
  if (text == nullptr || *text == '\0') return available_cores();
  const int count = wanted_threads(text);
  if (count < 0) std::fprintf(stderr, "Tenon: TENON_NUM_THREADS is '%s', expected a whole number of 0 (all cores) or more; all cores are used\n", text);
  return count > 0 ? count : available_cores();
}

}  // namespace tenon::detail
