// Runs the graph of a source on a device.
#pragma once

#include <array>

#include <tenon/backend/cuda/device.hpp>
#include <tenon/backend/cuda/kernels.hpp>
#include <tenon/backend/cuda/measure.hpp>
#include <tenon/backend/kernel_type.hpp>
#include <tenon/backend/run_plan.hpp>
#include <tenon/graph/under_policy.hpp>

namespace tenon::cuda {

/// The kernels of a plan as functions of a system, by their number in its table.
template <class Source, class System>
struct CudaTable {
  using Function = void (*)(System&, const KernelCall&);
  static constexpr int size = Planned<Source>::sizes.kernels;
  struct Functions {
    Function at[tenon::detail::room(size)];
  };
  template <int... K>
  static constexpr Functions list(std::integer_sequence<int, K...>) { return {{&CudaKernel<KernelType<Source, K>>::template run<System>...}}; }
  static constexpr Functions functions = list(std::make_integer_sequence<int, size>{});
};

/// One program of a model on its device. Hyperparameters, the iteration and the noise are numbers that change; all else is known by its address.
template <class Platform, class Policy, class Source>
class CudaExecutor {
  using System = typename Platform::System;
  using Rounded = tenon::detail::UnderPolicy<Source, Policy>;
  static constexpr auto& graph = Simplified<Rounded>::graph;
  static constexpr int arguments = Simplified<Rounded>::sizes.arguments, results = Simplified<Rounded>::sizes.results;
  static constexpr int words_of_noise = sizeof(Noise) / 4;

 public:
  explicit CudaExecutor(CudaDevice<Platform>& device) : device_(device), numbers_(device.numbers().reserve(words_of_noise + scalars())) {}

  static constexpr long arena_bytes(long batch) { return Planned<Rounded>::arena_bytes(batch); }

  void reserve(long batch) {
    if (batch <= reserved_) return;
    device_.launch();  // what waits knows the old place
    arena_.grow(static_cast<std::size_t>(Planned<Rounded>::arena_bytes(batch)));
    Measure measure;
    std::byte anywhere{};  // nobody looks there
    std::array<const void*, tenon::detail::room(arguments)> from{};
    std::array<void*, tenon::detail::room(results)> to{};
    from.fill(&anywhere), to.fill(&anywhere);
    run_plan<Rounded>({from.data(), to.data(), batch, {}}, &anywhere, [&](int kernel, const KernelCall& call) { CudaTable<Rounded, Measure>::functions.at[kernel](measure, call); });
    device_.reserve_room(measure.most());
    reserved_ = batch;
  }
  void run(const Frame& frame) {
    std::array<const void*, tenon::detail::room(arguments)> from{};
    for (int i = 0, scalar = words_of_noise; i < arguments; ++i)
      from[static_cast<std::size_t>(i)] = is_scalar(i) ? numbers_.template at<float>(scalar++) : frame.arguments[i];
    device_.submit(&launch, this, {from.data(), static_cast<std::size_t>(arguments)}, {frame.results, static_cast<std::size_t>(results)}, frame.batch, arena_.data(), [&] {
      numbers_.set(0, frame.noise);
      for (int i = 0, scalar = words_of_noise; i < arguments; ++i)
        if (is_scalar(i)) numbers_.set(scalar++, *static_cast<const float*>(frame.arguments[i]));
    });
  }

 private:
  static constexpr bool is_scalar(int i) { return graph.arguments[i].role == Role::hyperparameter || graph.arguments[i].role == Role::iteration; }
  static constexpr int scalars() {
    int count = 0;
    for (int i = 0; i < arguments; ++i) count += is_scalar(i);
    return count;
  }
  static void launch(void* self, System& system, const Frame& frame) {
    auto& executor = *static_cast<CudaExecutor*>(self);
    system.set_noise(executor.numbers_.template at<Noise>(0));
    run_plan<Rounded>(frame, executor.arena_.data(), [&](int kernel, const KernelCall& call) { CudaTable<Rounded, System>::functions.at[kernel](system, call); });
  }

  CudaDevice<Platform>& device_;
  typename Numbers<Platform>::Place numbers_;
  DeviceArray<Platform, std::byte> arena_;
  long reserved_ = -1;
};

}  // namespace tenon::cuda
