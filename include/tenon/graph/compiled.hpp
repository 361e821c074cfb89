// The pipeline: from a source to its plan, each stage a constant. The passes in order: with_batch (fixed_batch.hpp, if the batch is known), simplify,
// legalize, pool_convolutions, mixed_precision (under_policy.hpp, if the policy rounds), fuse, steps_of, plan.
#pragma once

#include <tenon/graph/frozen.hpp>
#include <tenon/graph/plan.hpp>
#include <tenon/graph/pool_convolutions.hpp>
#include <tenon/graph/simplify.hpp>

namespace tenon {

/// The graph of a source as it is fused and planned.
template <class Source>
struct Simplified {
  static constexpr NodeGraph run() { return pool_convolutions(legalize(simplify(Traced<Source>::graph.thaw()))); }
  static constexpr Sizes sizes = measure(run());
  static constexpr FrozenGraph<sizes> graph = freeze<sizes>(run());
};

/// What fusion decided, as a constant.
template <int Nodes>
struct FrozenFusion {
  bool stored[detail::room(Nodes)];
  int group[detail::room(Nodes)], host[detail::room(Nodes)], rider[detail::room(Nodes)];

  static constexpr FrozenFusion of(const Fusion& f) {
    FrozenFusion frozen{};
    detail::copy(f.stored, frozen.stored);
    detail::copy(f.group, frozen.group);
    detail::copy(f.host, frozen.host);
    detail::copy(f.rider, frozen.rider);
    return frozen;
  }
  constexpr Fusion thaw() const {
    return {detail::list(stored, Nodes), {}, detail::list(group, Nodes), detail::list(host, Nodes), detail::list(rider, Nodes)};
  }
};
template <class Source>
struct Fused {
  static constexpr auto fusion = FrozenFusion<Simplified<Source>::sizes.nodes>::of(fuse(Simplified<Source>::graph.thaw()));
};

/// How much a plan holds.
struct PlanSizes {
  int words = 0, kernels = 0, steps = 0, places = 0, extents = 0, strides = 0;
};

/// A plan as a constant.
template <PlanSizes S>
struct FrozenPlan {
  static constexpr PlanSizes sizes = S;
  long words[detail::room(S.words)];
  int kernel_starts[detail::room(S.kernels + 1)];
  PlannedStep steps[detail::room(S.steps)];
  Place places[detail::room(S.places)];
  Extent extents[detail::room(S.extents)];
  Extent strides[detail::room(S.strides)];
  long arena_fixed, arena_counted;
};

/// The plan of a source: what a backend instantiates and runs.
template <class Source>
struct Planned {
  static constexpr Plan run() {
    const NodeGraph g = Simplified<Source>::graph.thaw();
    const Fusion f = Fused<Source>::fusion.thaw();
    return plan(g, steps_of(g, f));
  }
  static constexpr PlanSizes measure_plan(const Plan& p) {
    return {p.words.size(), p.kernel_starts.size() - 1, p.steps.size(), p.places.size(), p.extents.size(), p.strides.size()};
  }
  static constexpr PlanSizes sizes = measure_plan(run());
  static constexpr FrozenPlan<sizes> freeze_plan(const Plan& p) {
    FrozenPlan<sizes> f{};
    detail::copy(p.words, f.words);
    detail::copy(p.kernel_starts, f.kernel_starts);
    detail::copy(p.steps, f.steps);
    detail::copy(p.places, f.places);
    detail::copy(p.extents, f.extents);
    detail::copy(p.strides, f.strides);
    f.arena_fixed = p.arena_fixed, f.arena_counted = p.arena_counted;
    return f;
  }
  static constexpr FrozenPlan<sizes> plan_ = freeze_plan(run());

  static constexpr long arena_bytes(long batch) { return plan_.arena_fixed + plan_.arena_counted * counted_batch(batch); }
};

}  // namespace tenon
