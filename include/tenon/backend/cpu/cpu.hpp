// The CPU backend: storage, and the loop over the steps of a plan.
#pragma once

#include <cstddef>

#include <tenon/backend/cpu/fixed_step.hpp>
#include <tenon/backend/host_device.hpp>
#include <tenon/backend/run_plan.hpp>
#include <tenon/core/aligned_array.hpp>
#include <tenon/graph/fixed_batch.hpp>
#include <tenon/graph/under_policy.hpp>

// The backend's type lies in the namespace of the instruction set too, and so do all models that are made of it: kernels and models of one
// machine never call those of another.
namespace tenon::cpu::inline TENON_ISA {

/// The kernels of a plan as functions, by their number in its table.
template <class Source>
struct CpuTable {
  using Function = void (*)(const KernelCall&);
  static constexpr int size = Planned<Source>::sizes.kernels;
  struct Functions {
    Function at[tenon::detail::room(size)];
  };
  static constexpr Functions functions = []<int... K>(std::integer_sequence<int, K...>) {
    return Functions{{&CpuKernel<float, KernelType<Source, K>>::run...}};
  }(std::make_integer_sequence<int, size>{});
};

/// Nobody looks at the steps.
struct Unwatched {
  void operator()() const {}
};

/// Runs the steps of a plan one after the other, and calls `after_step` after each. `arena` has Planned<Source>::arena_bytes(batch) bytes.
template <class Source, class AfterStep>
void run_steps(const Frame& frame, std::byte* arena, AfterStep after_step) {
  run_plan<Source>(frame, arena, [&](int kernel, const KernelCall& call) {
    CpuTable<Source>::functions.at[kernel](call);
    after_step();
  });
}

/// The CPU backend under a numeric policy (graph/numeric_policy.hpp): the plan's steps as vectorised kernels, large ones split over the
/// cores (core/threads.hpp).
template <class Policy>
struct CpuWith {
  static_assert(tenon::detail::is_a_numeric_policy<Policy>, "Tenon: the argument of CpuWith is a numeric policy: Float32 or MixedBfloat16");
  static constexpr bool is_backend = true;
  using Device = HostDevice;
  template <class T>
  using Array = AlignedArray<T>;

  template <class Source>
  class Executor {
    using Rounded = tenon::detail::UnderPolicy<Source, Policy>;

   public:
    static constexpr long arena_bytes(long batch) { return Planned<Rounded>::arena_bytes(batch); }
    void reserve(long batch) {
      if (batch <= reserved_) return;
      arena_.resize(static_cast<std::size_t>(arena_bytes(batch)));
      reserved_ = batch;
    }
    /// Calls `after_step` after each step: to measure it, see model/profile.hpp.
    template <class AfterStep = Unwatched>
    void run(const Frame& frame, AfterStep after_step = {}) {
      reserve(frame.batch);
      run_steps<Rounded>(frame, arena_.data(), after_step);
    }

   private:
    AlignedArray<std::byte> arena_;
    long reserved_ = -1;
  };

  /// An executor for one batch size, with its arena as a member and its steps one after the other in straight-line code. It throws nothing,
  /// and takes no memory but what kernels that copy operands keep for each thread.
  template <class Source, int Batch>
  class FixedExecutor {
    using Fixed = tenon::detail::UnderPolicy<FixedBatch<Source, Batch>, Policy, true>;

   public:
    /// Of what type an argument is given: weights that only products read are kept as the policy reads them.
    static constexpr DType type_of_argument(int k) { return Simplified<Fixed>::graph.nodes[Simplified<Fixed>::graph.arguments[k].node].dtype; }
    static constexpr long arena_bytes = Planned<Fixed>::arena_bytes(Batch);
    [[gnu::always_inline]] void run(const void* const* arguments, void* const* results) noexcept {
      const Frame frame{arguments, results, Batch, {}};
      [&]<int... S>(std::integer_sequence<int, S...>) __attribute__((always_inline)) { (FixedStep<Fixed, S>::run(frame, arena_), ...); }(std::make_integer_sequence<int, Planned<Fixed>::sizes.steps>{});
    }

   private:
    alignas(64) std::byte arena_[arena_bytes > 0 ? arena_bytes : 1];
  };
};

using Cpu = CpuWith<Float32>;

}  // namespace tenon::cpu::inline TENON_ISA

namespace tenon {
using cpu::Cpu;
using cpu::CpuWith;
}
