// A penalty on what passes.
#pragma once

#include <tenon/core/real.hpp>
#include <tenon/graph/reductions.hpp>
#include <tenon/graph/refuse.hpp>
#include <tenon/layers/layer.hpp>

namespace tenon {

/// x; adds First · Σ|x| + Second · Σx² of one sample, in the mean over the batch, to the loss. Follows keras.layers.ActivityRegularization.
/// First, Second: Keras's l1 and l2, 0 without. Refused: negative ones. x: (B, …) → y: the same shape.
///
///     tn::Dense<64, tn::ReLU>, tn::ActivityRegularization<1e-4>
template <Real First = 0.0, Real Second = 0.0>
struct ActivityRegularization : Layer<ActivityRegularization<First, Second>> {
  static constexpr auto call(auto x) {
    x = detail::in_range<AtLeast<0>>(x, First.value, Second.value);
    if (x.poisoned) return x;
    const auto add = [&](double factor, Symbol total) {
      if (factor > 0) x.add_loss(factor * total / detail::reduced_count(x, 1));
    };
    add(First.value, sum(abs(x)));
    add(Second.value, sum(square(x)));
    return x;
  }
};

}  // namespace tenon
