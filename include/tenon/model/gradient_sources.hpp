// What happens to gradients before the optimizer sees them, as graphs over all parameters at once.
#pragma once

#include <tenon/graph/reductions.hpp>
#include <tenon/model/sources.hpp>

namespace tenon::detail {

/// The sum of the squares of all gradients, for an update that asks for squared_global_norm. Padding between variables is zero.
struct SquaredGlobalNorm {
  static constexpr Trace trace() {
    Trace t;
    t.program.graphs.push_back(NodeGraph{});
    const Symbol g{&t, 0, t.argument(Role::gradient, 0, shape(dynamic))};
    add_result(t, Role::gradient, sum(square(g)), 1);
    return t;
  }
};

/// Gradients added up over steps: a ← (a + g) / divisor, and where a new sum begins a ← g / divisor.
struct AccumulatedGradient {
  bool begins = false;
  float divisor = 1;

  static constexpr Trace trace() {
    Trace t;
    t.program.graphs.push_back(NodeGraph{});
    t.per_parameter = true;
    const OwnerOf<AccumulatedGradient> object;
    t.object = &object;
    const Symbol g{&t, 0, t.argument(Role::gradient, 0, shape(dynamic))}, a = slot(g, "accumulator");
    add_result(t, Role::update, select(parameter<&AccumulatedGradient::begins>(g), g, a + g) / parameter<&AccumulatedGradient::divisor>(g), 1);
    t.object = nullptr;
    return t;
  }
};

}  // namespace tenon::detail
