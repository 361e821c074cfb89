// The steps of a plan as calls of kernels.
#pragma once

#include <algorithm>
#include <cstddef>

#include <tenon/backend/kernels.hpp>
#include <tenon/graph/compiled.hpp>

namespace tenon {

/// Calls f(number of the kernel, its KernelCall) for each step of a plan, in order. `arena` has Planned<Source>::arena_bytes(batch) bytes,
/// which nobody looks at here: it may lie in memory that the host cannot touch.
template <class Source, class F>
void run_plan(const Frame& frame, std::byte* arena, F f) {
  constexpr auto& plan = Planned<Source>::plan_;
  constexpr int arguments = Simplified<Source>::sizes.arguments;
  constexpr int most_places = [] { int m = 1; for (const auto& s : plan.steps) m = std::max(m, s.inputs + s.outputs); return m; }();
  constexpr int most_numbers = [] { int m = 1; for (const auto& s : plan.steps) m = std::max({m, s.extents, s.strides}); return m; }();
  const void* pointers[most_places];
  long extents[most_numbers], strides[most_numbers];
  if constexpr (plan.sizes.steps == 0) return;
  for (const PlannedStep& step : plan.steps) {
    for (int i = 0; i < step.inputs + step.outputs; ++i) {
      const Place& place = plan.places[step.first_place + i];
      const void* base = place.space == 0 ? arena : place.space <= arguments ? frame.arguments[place.space - 1] : frame.results[place.space - 1 - arguments];
      pointers[i] = static_cast<const std::byte*>(base) + place.at(frame.batch);
    }
    for (int i = 0; i < step.extents; ++i) extents[i] = plan.extents[step.first_extent + i].at(frame.batch);
    for (int i = 0; i < step.strides; ++i) strides[i] = plan.strides[step.first_stride + i].at(frame.batch);
    f(step.kernel, KernelCall{pointers, const_cast<void* const*>(pointers) + step.inputs, extents, strides, frame.noise});
  }
}

}  // namespace tenon
