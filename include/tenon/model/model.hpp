// A model that can be trained.
#pragma once

#include <array>

#include <tenon/model/fit.hpp>
#include <tenon/model/predictor.hpp>

namespace tenon {

namespace detail {

/// The optimizer, the loss and the metrics, at an address that does not change when the model is moved.
template <class Optimizer, class Loss, class... Metrics>
struct Parts {
  Optimizer optimizer;
  Loss loss;
  std::tuple<Metrics...> metrics;
};

/// True if the model's output is already a probability, so that a loss must not take it for scores.
template <class Net>
inline constexpr bool gives_probabilities = [] {
  const auto& graph = Traced<Prediction<Net>>::graph;
  const Op op = graph.nodes[graph.results[0].node].op;
  return op == Op::softmax || op == Op::sigmoid;
}();
/// Which of the two programs are made.
template <class Net, class Loss>
inline constexpr bool may_have_logits = with_logits<Loss> && !gives_probabilities<Net>;

/// What the loss expects of y. Integer labels without the last axis of the output are classes.
template <class Net, class Loss, class... Metrics>
inline constexpr LabelSpec labels_of = [] {
  LabelSpec labels{argument_spec(Traced<Evaluation<Net, false, Loss, Metrics...>>::graph, Role::target, 0)};
  const Shape output = outputs_of<Net>.items[0].shape;
  if (is_integer(labels.tensor.dtype) && labels.tensor.shape == output.slice(0, output.rank - 1)) labels.classes = output.back();
  return labels;
}();

template <class Loss>
constexpr bool wants_logits(const Loss& loss) {
  if constexpr (with_logits<Loss>) return loss.from_logits;
  else return false;
}

}  // namespace detail

/// A model of type Net with what it needs to be trained; tn::compile makes it.
template <class Net, class Backend, class Optimizer, class Loss, class... Metrics>
class Model : public Predictor<Net, Backend, TrainableModel> {
  using Base = Predictor<Net, Backend, TrainableModel>;
  using Parts = detail::Parts<Optimizer, Loss, Metrics...>;
  using Array = typename Backend::template Array<float>;

 public:
  /// The loss, then each metric, for structured bindings: const auto [loss, accuracy] = model.evaluate(x, y);
  using Scores = std::array<double, 1 + sizeof...(Metrics)>;

  Model(const Optimizer& optimizer, const Loss& loss, const Metrics&... metrics)
      : Model(std::make_unique<Parts>(Parts{optimizer, loss, {metrics...}}), zeros(detail::parameters_of<Net>.trainable_extent), make_slots()) {
    this->initialize(0);
  }

  /// Trains on samples for a number of epochs and returns what each epoch measured; fit_options.hpp lists the options.
  /// x: (N, ...), or tn::inputs(a, b); y: (N, ...). Throws std::invalid_argument that names the argument, what it was and what it should be.
  ///
  ///     const auto history = model.fit(x, y, {.batch_size = 128, .epochs = 3, .validation_split = 0.1, .seed = 7});
  History fit(const Tensors& x, const TensorRef& y, const FitOptions& options = {}) {
    prepare_training();
    prepare_evaluation();
    return this->fit_samples(x, y, options);
  }

  /// Loss and metrics over all samples. x and y as for fit, and the same errors.
  ///
  ///     const auto [loss, accuracy] = model.evaluate(test.x, test.y);
  Scores evaluate(const Tensors& x, const TensorRef& y, const EvaluateOptions& options = {}) {
    prepare_evaluation();
    this->evaluate_samples(x, y, options);
    return scores();
  }

  /// One step of training on these samples; returns loss and metrics as they were before it. x, y and errors as for fit.
  /// Takes no memory after the first call with as many samples.
  Scores train_on_batch(const Tensors& x, const TensorRef& y, const TensorRef& sample_weight = {}) {
    prepare_training();
    this->train_on_samples(x, y, sample_weight);
    return scores();
  }
  /// Loss and metrics of these samples as one batch.
  Scores test_on_batch(const Tensors& x, const TensorRef& y, const TensorRef& sample_weight = {}) {
    prepare_evaluation();
    this->test_on_samples(x, y, sample_weight);
    return scores();
  }

  /// The optimizer, whose numbers may be changed at any time: model.optimizer().learning_rate = 1e-4f;
  Optimizer& optimizer() { return parts_->optimizer; }
  const Loss& loss() const { return parts_->loss; }

 private:
  Model(std::unique_ptr<Parts> parts, Array gradients, std::vector<Array> slots)
      : Base(Base::make_weights(), setup(*parts, gradients, slots)), parts_(std::move(parts)), gradients_(std::move(gradients)), slots_(std::move(slots)) {}

  static Array zeros(long count) {
    Array array;
    array.resize(static_cast<std::size_t>(count));
    return array;
  }
  static std::vector<Array> make_slots() {
    std::vector<Array> slots;
    for (int k = 0; k < Traced<Update<Optimizer>>::sizes.weights; ++k) slots.push_back(zeros(detail::parameters_of<Net>.trainable_extent));
    return slots;
  }
  static typename Base::Setup setup(Parts& parts, Array& gradients, std::vector<Array>& slots) {
    typename Base::Setup s;
    s.gradients = gradients.data();
    for (Array& slot : slots) s.slots.push_back(slot.data());
    s.owners = {&parts.loss};
    std::apply([&](auto&... metric) { (s.owners.push_back(&metric), ...); }, parts.metrics);
    s.optimizer = &parts.optimizer;
    if constexpr (requires { { parts.optimizer.learning_rate } -> std::same_as<float&>; }) s.learning_rate = &parts.optimizer.learning_rate;
    s.names = detail::score_names({snake_case_name<Metrics>()...});
    s.labels = detail::labels_of<Net, Loss, Metrics...>;
    return s;
  }

  template <template <class, bool, class, class...> class Source>
  std::unique_ptr<detail::Program> make() {
    std::unique_ptr<detail::Program> program;
    if constexpr (detail::may_have_logits<Net, Loss>)
      if (detail::wants_logits(parts_->loss)) program = std::make_unique<detail::ProgramOf<Backend, Source<Net, true, Loss, Metrics...>>>();
    if (!program) program = std::make_unique<detail::ProgramOf<Backend, Source<Net, false, Loss, Metrics...>>>();
    this->bind_weights(*program);
    return program;
  }
  void prepare_training() {
    if (this->training_) return;
    this->training_ = make<Training>();
    this->update_ = std::make_unique<detail::ProgramOf<Backend, Update<Optimizer>>>();
    this->bind_training();
  }
  void prepare_evaluation() {
    if (!this->evaluation_) this->evaluation_ = make<Evaluation>();
  }
  Scores scores() const {
    Scores all{};
    std::copy_n(this->totals().begin(), all.size(), all.begin());
    return all;
  }

  std::unique_ptr<Parts> parts_;
  Array gradients_;
  std::vector<Array> slots_;
};

}  // namespace tenon
