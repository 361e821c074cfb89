// From a network's type to a model that can be trained, and from a file to one that can predict.
#pragma once

#include <tenon/model/check_compile.hpp>
#include <tenon/model/facts.hpp>
#include <tenon/model/model.hpp>

namespace tenon {

/// A model that learns with this optimizer by this loss, and measures these metrics. Follows Keras's model.compile.
/// Its weights start from their initializers with seed 0: the same each time the program runs; model.initialize(seed) gives others.
/// Does not compile if a part of the model does not fit another. Throws std::invalid_argument: from_logits where the model's
/// output is a Softmax or a Sigmoid, that is, not scores.
///
///     auto model = tn::compile<Net>(tn::Adam{.learning_rate = 1e-3f}, tn::SparseCategoricalCrossentropy{}, tn::Accuracy{});
template <class Net, class Backend = DefaultBackend, class Optimizer, class Loss, class... Metrics>
auto compile(const Optimizer& optimizer, const Loss& loss, const Metrics&... metrics) {
  if constexpr (detail::check_compile<Net, Backend, Optimizer, Loss, Metrics...>()) {
    if constexpr (detail::gives_probabilities<Net>)
      if (detail::wants_logits(loss))
        detail::refuse("compile", "from_logits is true, but the model ends in a Softmax or Sigmoid: its output is probabilities, not scores; leave one of the two out");
    return Model<Net, Backend, Optimizer, Loss, Metrics...>(optimizer, loss, metrics...);
  } else {
    return detail::Refused<1 + sizeof...(Metrics)>{};
  }
}

}  // namespace tenon
