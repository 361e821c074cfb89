// What is to be launched, as a list that can be compared.
#pragma once

#include <algorithm>
#include <span>
#include <vector>

#include <tenon/backend/frame.hpp>

namespace tenon::cuda {

/// Calls of programs with all addresses that they use. Two equal lists launch the same kernels with the same arguments, so that what has
/// been recorded of one does for the other.
template <class System>
class Commands {
 public:
  using Run = void (*)(void* self, System& system, const Frame& frame);

  bool empty() const { return calls_.empty(); }
  void clear() {
    calls_.clear();
    addresses_.clear();
  }
  /// `memory`: what `self` uses of its own, which may be another after it has grown.
  void add(Run run, void* self, std::span<const void* const> arguments, std::span<void* const> results, long batch, const void* memory) {
    calls_.push_back({run, self, addresses_.size(), arguments.size(), batch, memory});
    addresses_.insert(addresses_.end(), arguments.begin(), arguments.end());
    for (void* const result : results) addresses_.push_back(result);
  }
  bool has(const void* self) const {
    return std::any_of(calls_.begin(), calls_.end(), [&](const Call& call) { return call.self == self; });
  }
  void launch(System& system) const {
    for (const Call& call : calls_) {
      const void* const* const first = addresses_.data() + call.first;
      call.run(call.self, system, {first, const_cast<void* const*>(first) + call.arguments, call.batch, {}});
    }
  }
  bool operator==(const Commands&) const = default;

 private:
  struct Call {
    Run run;
    void* self;
    std::size_t first, arguments;
    long batch;
    const void* memory;
    bool operator==(const Call&) const = default;
  };
  std::vector<Call> calls_;
  std::vector<const void*> addresses_;
};

}  // namespace tenon::cuda
