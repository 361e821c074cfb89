// How many threads work for the one that calls.
#pragma once

#include <algorithm>
#include <limits>
#include <utility>

namespace tenon {
namespace detail {

inline int& limit_of_this_thread() {
  static thread_local int limit = std::numeric_limits<int>::max();
  return limit;
}

}  // namespace detail

/// While it lives, what this thread calls uses at most so many threads, this one included; what other threads call is not changed. With 1, a
/// thread that may not wait runs alone, while others train on all cores:
///
///     tn::ThreadLimit alone{1};                 // at the beginning of the audio thread
///     while (next(frame)) filter(frame, out);
class ThreadLimit {
 public:
  explicit ThreadLimit(int count) : before_(std::exchange(detail::limit_of_this_thread(), std::max(1, count))) {}
  ~ThreadLimit() { detail::limit_of_this_thread() = before_; }
  ThreadLimit(const ThreadLimit&) = delete;

 private:
  int before_;
};

}  // namespace tenon
