// How much memory a model needs, known while compiling.
#pragma once

#include <tenon/model/default_backend.hpp>
#include <tenon/model/facts.hpp>
#include <tenon/model/one_sample.hpp>
#include <tenon/model/stored_weights.hpp>
#include <tenon/model/updater.hpp>

namespace tenon {
namespace detail {

/// The bytes of intermediate results for a batch of this size. An executor with a plan says so itself, by
/// `static constexpr long arena_bytes(long batch)`; for one without, every value has its own place.
template <class Backend, class Source>
constexpr long arena_bytes(long batch) {
  using Executor = typename Backend::template Executor<Source>;
  if constexpr (requires { Executor::arena_bytes(1L); }) {
    return Executor::arena_bytes(batch);
  } else {
    long bytes = 0;
    for (int i = 0; i < Traced<Source>::sizes.nodes; ++i) {
      const Node& v = Traced<Source>::graph.nodes[i];
      if (v.op != Op::argument && v.op != Op::constant) bytes += v.shape.elements(batch) * bytes_of(v.dtype);
    }
    return bytes;
  }
}

template <class Net, class Executor>
inline constexpr long bytes_of_one_sample = StoredWeights<Net, Executor>::size + Executor::arena_bytes;

template <class Net, class Backend>
constexpr long inference_bytes_of(long batch) {
  if constexpr (!check<Net>()) return 0;
  else if constexpr (requires { OneSample<Backend, Prediction<Net>>::arena_bytes; }) return bytes_of_one_sample<Net, OneSample<Backend, Prediction<Net>>>;
  else return parameters_of<Net>.extent * 4 + arena_bytes<Backend, Prediction<Net>>(batch);
}
template <class Net, class Backend, class Optimizer, class Loss, class... Metrics>
constexpr long training_bytes_of(long batch) {
  if constexpr (check<Net>()) {
    const long gradients = parameters_of<Net>.trainable_extent;
    return (parameters_of<Net>.extent + gradients + slots_by_default<Optimizer, Net>()) * 4 + arena_bytes<Backend, Training<Net, false, Loss, Metrics...>>(batch);
  } else {
    return 0;
  }
}

}  // namespace detail

/// Bytes for predicting one sample, by Inference: the weights and what lies between input and output. Not in it: the copies of operands that
/// a kernel makes while it runs, which threads keep and models share.
///
///     static_assert(tn::inference_bytes<Net> <= 64 * 1024);
template <class Net, class Backend = DefaultBackend>
inline constexpr long inference_bytes = detail::inference_bytes_of<Net, Backend>(1);

/// Bytes for training with batches of this size: the weights, their gradients, the optimizer's memory and all intermediate results;
/// as in inference_bytes without what kernels use on the way.
///
///     static_assert(tn::training_bytes<Net, 32, tn::Adam, tn::MeanSquaredError> <= 1 << 20);
template <class Net, int BatchSize, class Optimizer, class Loss, class Backend = DefaultBackend>
inline constexpr long training_bytes = detail::training_bytes_of<Net, Backend, Optimizer, Loss>(BatchSize);

}  // namespace tenon
