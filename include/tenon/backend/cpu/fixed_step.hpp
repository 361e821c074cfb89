// Steps as straight-line code.
#pragma once

#include <cstddef>
#include <utility>

#include <tenon/backend/cpu/kernels.hpp>
#include <tenon/backend/kernel_type.hpp>
#include <tenon/graph/fixed_batch.hpp>

namespace tenon::cpu::inline TENON_ISA {

/// One step of a plan for a fixed number of samples: all sizes, and how far everything is from where its array begins, are constants.
template <class Source, int S>
class FixedStep {
  static constexpr auto& plan = Planned<Source>::plan_;
  static constexpr PlannedStep step = plan.steps[S];
  static constexpr int operands = step.inputs + step.outputs;

  struct Numbers {
    long extent[tenon::detail::room(step.extents)], stride[tenon::detail::room(step.strides)];
  };
  static constexpr Numbers numbers = [] {
    Numbers n{};
    for (int i = 0; i < step.extents; ++i) n.extent[i] = plan.extents[step.first_extent + i].n;
    for (int i = 0; i < step.strides; ++i) n.stride[i] = plan.strides[step.first_stride + i].n;
    return n;
  }();

  template <int Operand>
  [[gnu::always_inline]] static const void* address(const Frame& frame, const std::byte* arena) {
    constexpr Place place = plan.places[step.first_place + Operand];
    constexpr int arguments = Simplified<Source>::sizes.arguments;
    const void* base = arena;
    if constexpr (place.space > arguments) base = frame.results[place.space - 1 - arguments];
    else if constexpr (place.space > 0) base = frame.arguments[place.space - 1];
    return static_cast<const std::byte*>(base) + place.fixed;
  }

 public:
  [[gnu::always_inline]] static void run(const Frame& frame, std::byte* arena) {
    [&]<int... I>(std::integer_sequence<int, I...>) __attribute__((always_inline)) {
      const void* pointers[] = {address<I>(frame, arena)...};
      CpuKernel<float, KernelType<Source, step.kernel>>::run({pointers, const_cast<void* const*>(pointers) + step.inputs, numbers.extent, numbers.stride, frame.noise});
    }(std::make_integer_sequence<int, operands>{});
  }
};

}  // namespace tenon::cpu::inline TENON_ISA
