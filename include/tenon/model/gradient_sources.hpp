// What happens to gradients before the optimizer sees them, over all parameters at once.
#pragma once

#include <tenon/graph/reductions.hpp>
#include <tenon/model/program.hpp>
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

/// That graph at work.
template <class Backend>
class GlobalNorm {
 public:
  GlobalNorm(typename Backend::Device& device, const float* gradients, long count) : program_(device), count_(count) {
    square_.resize(1);
    program_.bind(Role::gradient, 0, gradients);
    program_.bind_result(Role::gradient, 1, square_.data());
  }
  void find() { program_.run(count_); }
  const float* square() const { return square_.data(); }

 private:
  ProgramOf<Backend, SquaredGlobalNorm> program_;
  typename Backend::template Array<float> square_;
  long count_;
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

/// That graph at work.
template <class Backend>
class AccumulatedGradients {
 public:
  /// `gradients` and `sums` have `count` numbers.
  AccumulatedGradients(typename Backend::Device& device, const float* gradients, float* sums, long count) : program_(device), count_(count) {
    program_.bind(Role::gradient, 0, gradients);
    program_.bind(Role::weight, 0, sums);
    program_.bind_result(Role::update, 1, sums);
  }
  /// Adds the gradients of a step, and divides the sums.
  void add(bool begins, long divisor) {
    const AccumulatedGradient numbers{begins, static_cast<float>(divisor)};
    const void* const owner = &numbers;
    program_.read_hyperparameters({&owner, 1});
    program_.run(count_);
  }

 private:
  ProgramOf<Backend, AccumulatedGradient> program_;
  long count_;
};

}  // namespace tenon::detail
