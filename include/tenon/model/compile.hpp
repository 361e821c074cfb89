// From a network's type to a model that can be trained, and from a file to one that can predict.
#pragma once

#include <tenon/model/check_compile.hpp>
#include <tenon/model/facts.hpp>
#include <tenon/model/model.hpp>

namespace tenon {
namespace detail {

/// Refuses a loss of scores where the model gives probabilities.
template <class Net, int... K, class Loss>
void check_logits(const Loss& loss, std::integer_sequence<int, K...>) {
  const auto check = [](bool probabilities, bool logits, int k) {
    if (!probabilities || !logits) return;
    const std::string output = sizeof...(K) > 1 ? "output " + std::to_string(k) + " of the model" : "the model";
    refuse("compile", "from_logits is true, but " + output + " ends in a Softmax or Sigmoid: its output is probabilities, not scores; leave one of the two out");
  };
  (check(gives_probabilities<Net, K>, wants_logits(loss_at<K>(loss)), K), ...);
}

}  // namespace detail

/// A model that learns with this optimizer by this loss, and measures these metrics. Follows Keras's model.compile.
/// Its weights start from their initializers with seed 0: the same each time the program runs; model.initialize(seed) gives others.
/// Does not compile if a part of the model does not fit another. Throws std::invalid_argument: from_logits where the model's
/// output is a Softmax or a Sigmoid, that is, not scores.
///
///     auto model = tn::compile<Net>(tn::Adam{.learning_rate = 1e-3f}, tn::SparseCategoricalCrossentropy{}, tn::Accuracy{});
///
/// A model with several outputs has a loss for each, and a group of metrics for each or none at all:
///
///     auto model = tn::compile<Net>(tn::Adam{}, tn::losses(tn::SparseCategoricalCrossentropy{}, tn::MeanSquaredError{}).weights(1, 0.2),
///                                   tn::metrics(tn::Accuracy{}), tn::metrics());
///     model.fit(x, tn::targets(digits, ink));
template <class Net, class Backend = DefaultBackend, class Optimizer, class Loss, class... Metrics>
auto compile(const Optimizer& optimizer, const Loss& loss, const Metrics&... metrics) {
  if constexpr (detail::check_compile<Net, Backend, Optimizer, Loss, Metrics...>()) {
    detail::check_logits<Net>(loss, std::make_integer_sequence<int, detail::loss_count<Loss>>{});
    return Model<Net, Backend, Optimizer, Loss, Metrics...>(optimizer, loss, metrics...);
  } else {
    return detail::Refused<detail::score_count<Loss, Metrics...>>{};
  }
}

}  // namespace tenon
