// Checks what is given to tn::compile, while the program compiles.
#pragma once

#include <array>

#include <tenon/model/check_outputs.hpp>
#include <tenon/model/fit_options.hpp>
#include <tenon/model/updater.hpp>
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
  static_assert(is_a_metric<F...>, "Tenon: the arguments of compile after the loss are metrics: types with `constexpr auto call(auto y_true, auto y_pred) const`, or with `sums` and `result`");
};
template <class L>
concept compares = std::is_class_v<L> && requires(const L& l, Symbol y) { { l.call(y, y) } -> std::same_as<Symbol>; };

/// True of a loss, or of several of which each is one; all_measure: of metrics in the same way.
template <class L>
inline constexpr bool all_compare = compares<L>;
template <class M>
inline constexpr bool all_measure = compares<M> || made_of_sums<M>;
template <class... M>
inline constexpr bool all_measure<MetricGroup<M...>> = (true && ... && (compares<M> || made_of_sums<M>));
template <class... L>
inline constexpr bool all_compare<Losses<L...>> = (true && ... && compares<L>);

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
/// Names the mistake of a layer that computes something else while training, or of the gradient.
template <class Net, class Loss, class Source>
constexpr bool check_training() {
  constexpr Mistake mistake = Traced<Source>::records.mistake;
  if constexpr (mistake.layer < 0) return check_source<Source, AsLoss, Loss>();
  else return check_source<Source, LayerIndex<mistake.layer>, LayerAt<Net, mistake.layer>>();
}
template <class Net, class Backend, class Optimizer, class Loss, class... Metrics>
constexpr bool check_compile() {
  if constexpr (!check_backend<Net, Backend>()) {
    return false;
  } else if constexpr (!optimizer<Optimizer>) {
    using Said = decltype(sizeof(RefuseOptimizer<Optimizer>));
    return Said{} != 0;
  } else if constexpr (!all_compare<Loss>) {
    using Said = decltype(sizeof(RefuseLoss<Loss>));
    return Said{} != 0;
  } else if constexpr (!(true && ... && all_measure<Metrics>)) {
    using Said = decltype(sizeof(RefuseMetric<Metrics...>));
    return Said{} != 0;
  } else if constexpr (!check_counts<Net, Loss, Metrics...>()) {
    return false;
  } else if constexpr (!is_sound<Evaluation<Net, 0, Loss, Metrics...>>) {
    return name_misfit<Net, 0, Loss, Metrics...>();
  } else if constexpr (Traced<Training<Net, 0, Loss, Metrics...>>::sizes.mistaken) {
    return check_training<Net, Loss, Training<Net, 0, Loss, Metrics...>>();
  } else if constexpr (needs_shape<Optimizer>) {
    return []<int... K>(std::integer_sequence<int, K...>) {
      return (check_source<UpdateOf<Optimizer, ShapesOf<Net>, K>, AsOptimizer, Optimizer>() && ...);
    }(std::make_integer_sequence<int, ShapesOf<Net>::list.count>{});
  } else if constexpr (has_plain_update<Optimizer>) {
    return check_source<Update<Optimizer>, AsOptimizer, Optimizer>() && check_source<Update<Optimizer, true>, AsOptimizer, Optimizer>();
  } else {
    return check_source<Update<Optimizer>, AsOptimizer, Optimizer>();
  }
}

/// Stands for a model that was refused, so that the compiler has nothing more to say about it.
template <std::size_t Scores>
struct Refused {
  template <class... A> explicit Refused(A&&...) {}
  std::array<double, Scores> evaluate(const Tensors&, const Tensors&, const EvaluateOptions& = {}) { return {}; }
  std::array<double, Scores> train_on_batch(const Tensors&, const Tensors&, const TensorRef& = {}) { return {}; }
  std::array<double, Scores> test_on_batch(const Tensors&, const Tensors&, const TensorRef& = {}) { return {}; }
  History fit(const Tensors&, const Tensors&, const FitOptions& = {}) { return {}; }
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
