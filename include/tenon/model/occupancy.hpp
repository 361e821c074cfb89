// Who is using a model.
#pragma once

#include <atomic>
#include <stdexcept>
#include <string>
#include <thread>

namespace tenon::detail {

/// Lets one thread into a model at a time, for a model has one memory for what it computes. A second one is refused, not kept
/// waiting. A call within a call of the same thread (a callback that evaluates) is let in.
class Occupancy {
 public:
  Occupancy() = default;
  Occupancy(Occupancy&&) noexcept {}  // nobody is in a model that moves
  Occupancy& operator=(Occupancy&&) noexcept { return *this; }

  /// Lasts as long as the call that is named.
  class Use {
   public:
    Use(Occupancy& of, const char* call) {
      std::thread::id user{};
      if (of.user_.compare_exchange_strong(user, std::this_thread::get_id(), std::memory_order_acquire)) of_ = &of;
      else if (user != std::this_thread::get_id()) refuse(call);
    }
    Use(const Use&) = delete;
    ~Use() {
      if (of_ != nullptr) of_->user_.store({}, std::memory_order_release);
    }

   private:
    Occupancy* of_ = nullptr;
  };

  /// For what only reads, in any number of threads at a time: refused where another thread is in the model.
  void check_unused_by_others(const char* call) const {
    const std::thread::id user = user_.load(std::memory_order_acquire);
    if (user != std::thread::id{} && user != std::this_thread::get_id()) refuse(call);
  }

 private:
  [[noreturn]] static void refuse(const char* call) {
    throw std::logic_error(std::string(call) + ": the model is in use by another thread, and one model serves one thread at a time; give each thread an Inference of the model, or a model with its weights");
  }

  std::atomic<std::thread::id> user_{};
};

}  // namespace tenon::detail
