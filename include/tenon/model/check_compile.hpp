// Checks what is given to tn::compile, while the program compiles.
#pragma once

#include <array>

#include <tenon/model/check.hpp>
#include <tenon/model/fit_options.hpp>
#include <tenon/optimizers/concept.hpp>

namespace tenon::detail {

template <class Net, class... F>
struct RefuseBackend {
  static_assert(is_a_backend<Net, F...>, "Tenon: the second argument of compile<Net, Backend> is not a backend; it is Cpu, Reference, ...");
};
template <class... F>
struct RefuseOptimizer {
  static_assert(is_an_optimizer<F...>, "Tenon: the first argument of compile is an optimizer, as in compile<Net>(tn::Adam{}, loss, metrics...)");
};
template <class... F>
struct RefuseLoss {
  static_assert(is_a_loss<F...>, "Tenon: the second argument of compile is a loss: a type with `constexpr auto call(auto y_true, auto y_pred) const`");
};
template <class... F>
struct RefuseMetric {
  static_assert(is_a_metric<F...>, "Tenon: the arguments of compile after the loss are metrics: types with `constexpr auto call(auto y_true, auto y_pred) const`");
};
template <class... F>
struct RefuseOutputs {
  static_assert(model_has_one_output<F...>, "Tenon: a model that is trained has one output; one with several can predict (tn::load)");
};

template <class L>
concept compares = std::is_class_v<L> && requires(const L& l, Symbol y) { { l.call(y, y) } -> std::same_as<Symbol>; };

/// True if the loss with these metrics finds no mistake.
template <class Net, class Loss, class... Metrics>
inline constexpr bool loss_fits = Traced<Evaluation<Net, false, Loss, Metrics...>>::records.mistake.problem == Problem::none;

/// Names the first metric that does not fit.
template <class Net, class Loss, class Metric, class... Rest>
constexpr bool check_metrics() {
  if constexpr (!loss_fits<Net, Loss, Metric>) return check_source<Evaluation<Net, false, Loss, Metric>, AsMetric, Metric>();
  else return check_metrics<Net, Loss, Rest...>();
}

template <class Net, class Backend>
constexpr bool check_backend() {
  if constexpr (!check<Net>()) {
    return false;
  } else if constexpr (!backend<Backend>) {
    using Said = decltype(sizeof(RefuseBackend<Net, Backend>));
    return Said{} != 0;
  } else {
    return true;
  }
}
template <class Net, class Backend, class Optimizer, class Loss, class... Metrics>
constexpr bool check_compile() {
  if constexpr (!check_backend<Net, Backend>()) {
    return false;
  } else if constexpr (!optimizer<Optimizer>) {
    using Said = decltype(sizeof(RefuseOptimizer<Optimizer>));
    return Said{} != 0;
  } else if constexpr (!compares<Loss>) {
    using Said = decltype(sizeof(RefuseLoss<Loss>));
    return Said{} != 0;
  } else if constexpr (!(true && ... && compares<Metrics>)) {
    using Said = decltype(sizeof(RefuseMetric<Metrics...>));
    return Said{} != 0;
  } else if constexpr (Traced<Prediction<Net>>::sizes.results != 1) {
    using Said = decltype(sizeof(RefuseOutputs<Net>));
    return Said{} != 0;
  } else if constexpr (!loss_fits<Net, Loss, Metrics...>) {
    if constexpr (!loss_fits<Net, Loss>) return check_source<Evaluation<Net, false, Loss>, AsLoss, Loss>();
    else return check_metrics<Net, Loss, Metrics...>();
  } else {
    return check_source<Update<Optimizer>, AsOptimizer, Optimizer>();
  }
}

/// Stands for a model that was refused, so that the compiler has nothing more to say about it.
template <std::size_t Scores>
struct Refused {
  template <class... A> explicit Refused(A&&...) {}
  std::array<double, Scores> evaluate(const Tensors&, const TensorRef&, const EvaluateOptions& = {}) { return {}; }
  std::array<double, Scores> train_on_batch(const Tensors&, const TensorRef&, const TensorRef& = {}) { return {}; }
  std::array<double, Scores> test_on_batch(const Tensors&, const TensorRef&, const TensorRef& = {}) { return {}; }
  History fit(const Tensors&, const TensorRef&, const FitOptions& = {}) { return {}; }
  template <class T = float> xt::xarray<T> predict(const Tensors&, const PredictOptions& = {}) { return {}; }
  template <class T = float> xt::xarray<T> predict_on_batch(const Tensors&) { return {}; }
  template <class T = float> std::vector<xt::xarray<T>> get_weights() const { return {}; }
  template <class T> void set_weights(const T&) {}
  void initialize(std::uint64_t) {}
  void save(const char*) const {}
  void load_weights(const char*) {}
  void summary() const {}
};

}  // namespace tenon::detail
