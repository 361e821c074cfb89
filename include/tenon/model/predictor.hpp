// A model that predicts.
#pragma once

#include <algorithm>
#include <cstdio>
#include <tuple>

#include <tenon/model/any_model.hpp>
#include <tenon/model/default_backend.hpp>
#include <tenon/model/fit_options.hpp>
#include <tenon/model/memory.hpp>
#include <tenon/model/summary.hpp>

namespace tenon {

namespace detail {

template <TensorSpec Spec>
using TensorFor = xt::xtensor<std::conditional_t<is_integer(Spec.dtype), std::int32_t, float>, static_cast<std::size_t>(Spec.shape.rank) + 1>;

/// Room for so many samples of an output.
template <TensorSpec Spec>
TensorFor<Spec> tensor_for(long samples) {
  typename TensorFor<Spec>::shape_type shape{};
  shape[0] = static_cast<std::size_t>(samples);
  for (int i = 0; i < Spec.shape.rank; ++i) shape[static_cast<std::size_t>(i) + 1] = static_cast<std::size_t>(Spec.shape.extent[i]);
  return TensorFor<Spec>(shape);
}

}  // namespace detail

/// A model with its weights, ready to predict: what `tn::load` returns, and what a compiled model adds training to.
template <class Net, class Backend = DefaultBackend, class Base = AnyModel>
class Predictor : public Base {
 public:
  Predictor() : Predictor(make_weights()) { this->initialize(0); }
  template <class... Arguments>
  explicit Predictor(typename Backend::template Array<float> weights, Arguments&&... arguments)
      : Base(detail::description_of<Net>(), std::make_unique<typename Backend::Device>(), weights.data(), std::forward<Arguments>(arguments)...), memory_(std::move(weights)) {}

  /// The outputs for all samples: an xt::xtensor<float, 1 + rank of the output>; a std::tuple of them where the model has several.
  /// x: (N, ...), or tn::inputs(a, b). Throws std::invalid_argument: x of the wrong shape, no samples, batch_size below 1.
  ///
  ///     const auto probabilities = model.predict(test.x);  // (N, 10)
  auto predict(const Tensors& x, const PredictOptions& options = {}) {
    detail::check_positive("predict", "batch_size", options.batch_size);
    return predict_all("predict", x, options.batch_size);
  }
  /// The outputs for all samples, computed as one batch.
  auto predict_on_batch(const Tensors& x) { return predict_all("predict_on_batch", x, x[0].rows()); }

  /// Prints a table of the layers with shapes and numbers of parameters, as Keras's, and the memory of a prediction.
  void summary() const { std::fputs(summary_text().c_str(), stdout), std::fflush(stdout); }
  std::string summary_text() const {
    return detail::summary_text(this->description(), detail::size_text(inference_bytes<Net, Backend>) + " for weights and one prediction");
  }

 protected:
  using Array = typename Backend::template Array<float>;

  static Array zeros(long count) {
    Array array;
    array.resize(static_cast<std::size_t>(count));
    return array;
  }
  /// Space for the weights of this model.
  static Array make_weights() { return zeros(detail::parameters_of<Net>.extent); }

  typename Backend::Device& backend_device() { return static_cast<typename Backend::Device&>(*this->device_); }

 private:
  auto predict_all(const char* call, const Tensors& x, long batch_size) {
    const auto use = this->enter(call);
    const long samples = detail::check_inputs(call, x, this->description().inputs);
    if (!prediction_) {
      prediction_ = std::make_unique<detail::ProgramOf<Backend, Prediction<Net>>>(backend_device());
      this->bind_weights(*prediction_);
    }
    return [&]<std::size_t... I>(std::index_sequence<I...>) {
      constexpr auto& outputs = detail::outputs_of<Net>;
      auto results = std::make_tuple(detail::tensor_for<outputs.items[I]>(samples)...);
      void* const addresses[] = {std::get<I>(results).data()...};
      void* const computed[] = {computed_at(I, std::min(batch_size, samples) * outputs.items[I].shape.elements())...};
      this->predict_into(*prediction_, x, batch_size, addresses, computed);
      if constexpr (sizeof...(I) == 1) return std::get<0>(std::move(results));
      else return results;
    }(std::make_index_sequence<detail::outputs_of<Net>.count>{});
  }

  /// Where the k-th output of a batch is computed if that is not where it is wanted.
  void* computed_at(std::size_t k, long elements) {
    if (this->device_->in_host_memory()) return nullptr;
    if (computed_[k].size() < static_cast<std::size_t>(elements)) computed_[k].resize(static_cast<std::size_t>(elements));
    return computed_[k].data();
  }

  Array memory_, computed_[detail::outputs_of<Net>.count];
  std::unique_ptr<detail::Program> prediction_;
};

}  // namespace tenon
