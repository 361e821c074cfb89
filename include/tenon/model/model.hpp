// A model that can be trained.
#pragma once

#include <array>

#include <tenon/model/fit.hpp>
#include <tenon/model/predictor.hpp>
#include <tenon/model/training_state.hpp>

namespace tenon {

namespace detail {

/// The optimizer, the loss and the metrics, at an address that does not change when the model is moved.
template <class Optimizer, class Loss, class... Metrics>
struct Parts {
  Optimizer optimizer;
  Loss loss;
  std::tuple<Metrics...> metrics;
};

/// True if the model's k-th output is already a probability, so that a loss must not take it for scores.
template <class Net, int K>
inline constexpr bool gives_probabilities = [] {
  const auto& graph = Traced<Prediction<Net>>::graph;
  const Op op = graph.nodes[graph.results[K].node].op;
  return op == Op::softmax || op == Op::sigmoid;
}();
/// Whether a program is made for the k-th loss with from_logits, too.
template <class Net, int K, class Loss>
inline constexpr bool may_have_logits = with_logits<LossAt<K, Loss>> && !gives_probabilities<Net, K>;

/// What the k-th loss expects of y. Integer labels without the last axis of the output are classes.
template <class Net, int K, class Loss, class... Metrics>
inline constexpr LabelSpec labels_of = [] {
  LabelSpec labels{argument_spec(Traced<Evaluation<Net, 0, Loss, Metrics...>>::graph, Role::target, K)};
  const Shape output = outputs_of<Net>.items[K].shape;
  if constexpr (requires { LossAt<K, Loss>::ignored_label; }) labels.ignored = LossAt<K, Loss>::ignored_label;
  if (is_integer(labels.tensor.dtype) && labels.tensor.shape == output.slice(0, output.rank - 1)) labels.classes = output.back();
  return labels;
}();

/// How many scores a model has: the loss, that of each of several outputs, and the metrics.
template <class Loss, class... Metrics>
inline constexpr int score_count = (loss_count<Loss> > 1 ? 1 + loss_count<Loss> : 1) + (0 + ... + metric_count<Metrics>);

/// How many numbers each metric adds up.
template <class Net, class Loss, class... Metrics>
inline constexpr auto metric_sizes = [] {
  std::array<std::size_t, (0 + ... + metric_count<Metrics>)> sizes{};
  const auto& graph = Traced<Evaluation<Net, 0, Loss, Metrics...>>::graph;
  for (int i = 0; i < graph.sizes.results; ++i)
    if (const Port& port = graph.results[i]; port.role == Role::metric) sizes[static_cast<std::size_t>(port.index)] = static_cast<std::size_t>(graph.nodes[port.node].shape.elements());
  return sizes;
}();
/// How many numbers are added up in all.
template <class Net, class Loss, class... Metrics>
inline constexpr std::size_t number_count = [] {
  std::size_t count = loss_count<Loss> > 1 ? 1 + loss_count<Loss> : 1;
  for (const std::size_t size : metric_sizes<Net, Loss, Metrics...>) count += size;
  return count;
}();

/// Refuses a loss or metric with a number that makes no sense.
template <class Part>
void check_numbers(const Part& part, const Shape& y_pred) {
  if constexpr (requires { part.check(y_pred); }) check_number(part.check(y_pred), class_name(type_name<Part>()));
}

}  // namespace detail

/// A model of type Net with what it needs to be trained; tn::compile makes it.
template <class Net, class Backend, class Optimizer, class Loss, class... Metrics>
class Model : public Predictor<Net, Backend, TrainableModel> {
  using Base = Predictor<Net, Backend, TrainableModel>;
  using Parts = detail::Parts<Optimizer, Loss, Metrics...>;
  using Array = typename Base::Array;

 public:
  /// The loss, that of each of several outputs, then each metric, for structured bindings: const auto [loss, accuracy] = model.evaluate(x, y);
  using Scores = std::array<double, detail::score_count<Loss, Metrics...>>;

  Model(const Optimizer& optimizer, const Loss& loss, const Metrics&... metrics)
      : Model(std::make_unique<Parts>(Parts{optimizer, loss, {metrics...}}), Base::zeros(detail::parameters_of<Net>.trainable_extent),
              Base::zeros(detail::number_count<Net, Loss, Metrics...>)) {
    this->initialize(0);
  }

  /// Trains on samples for a number of epochs and returns what each epoch measured; fit_options.hpp lists the options.
  /// x: (N, ...), or tn::inputs(a, b); y: (N, ...), or tn::targets(a, b). Throws std::invalid_argument that names the argument, what it was and what it should be.
  ///
  ///     const auto history = model.fit(x, y, {.batch_size = 128, .epochs = 3, .validation_split = 0.1, .seed = 7});
  History fit(const Tensors& x, const Tensors& y, const FitOptions& options = {}) {
    const auto use = this->enter("fit");
    prepare_training();
    prepare_evaluation();
    return this->fit_samples(x, y, options);
  }

  /// Loss and metrics over all samples. x and y as for fit, and the same errors.
  ///
  ///     const auto [loss, accuracy] = model.evaluate(test.x, test.y);
  Scores evaluate(const Tensors& x, const Tensors& y, const EvaluateOptions& options = {}) {
    const auto use = this->enter("evaluate");
    prepare_evaluation();
    this->evaluate_samples(x, y, options);
    return scores();
  }

  /// One step of training on these samples; returns loss and metrics as they were before it. x, y and errors as for fit.
  /// Takes no memory after the first call with as many samples.
  Scores train_on_batch(const Tensors& x, const Tensors& y, const TensorRef& sample_weight = {}) {
    const auto use = this->enter("train_on_batch");
    prepare_training();
    this->train_on_samples(x, y, sample_weight);
    return scores();
  }
  /// Loss and metrics of these samples as one batch.
  Scores test_on_batch(const Tensors& x, const Tensors& y, const TensorRef& sample_weight = {}) {
    const auto use = this->enter("test_on_batch");
    prepare_evaluation();
    this->test_on_samples(x, y, sample_weight);
    return scores();
  }

  /// Goes on where `save_state` was called: the next steps are those that would have followed there, to the last bit.
  /// Throws std::runtime_error that says why the file does not fit (another architecture or optimizer, no state of training, damaged); the
  /// model is then unchanged.
  void load_state(const std::filesystem::path& path) {
    const auto use = this->enter("load_state");
    const detail::StateReader state(path);
    prepare_training();
    this->set_state(state);
  }

  /// The optimizer, whose numbers may be changed at any time: model.optimizer().learning_rate = 1e-4f;
  Optimizer& optimizer() { return parts().optimizer; }
  const Loss& loss() const { return parts().loss; }

 private:
  Model(std::unique_ptr<Parts> parts, Array gradients, Array measured)
      : Base(Base::make_weights(), setup(*parts, gradients, measured)), parts_(std::move(parts)), gradients_(std::move(gradients)), measured_(std::move(measured)) {}

  Parts& parts() const {
    static_cast<void>(this->description());
    return *parts_;
  }
  static typename Base::Setup setup(Parts& parts, Array& gradients, Array& measured) {
    typename Base::Setup s;
    s.gradients = gradients.data();
    s.measured = measured.data();
    s.owners = {&parts.loss};
    s.losses = std::vector<detail::ReducedLoss>(detail::loss_count<Loss>);
    s.scores = std::vector<detail::Score>(detail::score_count<Loss, Metrics...>);
    [&]<int... K>(std::integer_sequence<int, K...>) {
      (add_loss(s, s.losses[K], detail::loss_at<K>(parts.loss), detail::outputs_of<Net>.items[K].shape), ...);
    }(std::make_integer_sequence<int, detail::loss_count<Loss>>{});
    add_scores(s, parts);
    for (const detail::ReducedLoss& loss : s.losses) s.owners.push_back(&loss.divisor);
    s.optimizer = snake_case_name<Optimizer>();
    if constexpr (requires { { parts.optimizer.learning_rate } -> std::same_as<float&>; }) s.learning_rate = &parts.optimizer.learning_rate;
    if constexpr (requires { { parts.optimizer.learning_rate } -> std::same_as<LearningRate&>; }) s.learning_rate_or_schedule = &parts.optimizer.learning_rate;
    s.labels = [&]<int... K>(std::integer_sequence<int, K...>) {
      return std::vector{detail::labels_of<Net, K, Loss, Metrics...>...};
    }(std::make_integer_sequence<int, detail::loss_count<Loss>>{});
    return s;
  }

  template <class L>
  static void add_loss(typename Base::Setup& s, detail::ReducedLoss& reduced, const L& loss, const Shape& y_pred) {
    detail::check_numbers(loss, y_pred);
    reduced = detail::reduced(loss);
    if constexpr (detail::is_losses<Loss>) s.owners.push_back(&loss);
  }

  /// "loss" and "accuracy"; of several outputs "loss", "dense_loss" of each, then "dense_accuracy".
  static void add_scores(typename Base::Setup& s, const Parts& parts) {
    std::vector<std::string> names = {"loss"};
    [[maybe_unused]] std::vector<std::string> outputs;
    if constexpr (detail::loss_count<Loss> > 1) {
      outputs = detail::output_names(detail::description_of<Net>());
      for (const std::string& output : outputs) names.push_back(output + "_loss");
    }
    s.loss_scores = names.size();
    const auto add_metric = [&]<class M>(const M& metric, int output) {
      detail::check_numbers(metric, detail::outputs_of<Net>.items[output].shape);
      s.owners.push_back(&metric);
      detail::Score& score = s.scores[names.size()];
      score.count = detail::metric_sizes<Net, Loss, Metrics...>[names.size() - s.loss_scores];
      if constexpr (detail::made_of_sums<M>) {
        score.metric = &metric;
        score.result = [](const void* object, std::span<const double> sums, long samples) { return static_cast<const M*>(object)->result(sums, samples); };
      }
      if constexpr (requires { M::score_name; }) names.push_back(M::score_name);
      else names.push_back(snake_case_name<M>());
      if constexpr (detail::loss_count<Loss> > 1) names.back() = outputs[static_cast<std::size_t>(output)] + "_" + names.back();
    };
    std::apply([&](auto&... metric) { detail::for_each_metric(add_metric, metric...); }, parts.metrics);
    s.names = detail::numbered(names);
    for (std::size_t i = 0, first = 0; i < s.scores.size(); first += s.scores[i++].count) s.scores[i].first = first;
  }

  /// The program whose losses take scores where they say so: K asks one loss after the other, bit k of FromLogits is its answer.
  template <template <class, unsigned, class, class...> class Source, unsigned FromLogits = 0, int K = 0>
  std::unique_ptr<detail::Program> make() {
    if constexpr (K < detail::loss_count<Loss>) {
      if constexpr (detail::may_have_logits<Net, K, Loss>)
        if (detail::wants_logits(detail::loss_at<K>(parts_->loss))) return make<Source, FromLogits | 1u << K, K + 1>();
      return make<Source, FromLogits, K + 1>();
    } else {
      auto program = std::make_unique<detail::ProgramOf<Backend, Source<Net, FromLogits, Loss, Metrics...>>>(this->backend_device());
      this->bind_weights(*program);
      return program;
    }
  }
  void prepare_training() {
    if (this->training_) return;
    this->training_ = make<Training>();
    this->updater_ = std::make_unique<detail::UpdaterOf<Backend, Optimizer, detail::ShapesFor<Optimizer, Net>>>(
        this->backend_device(), parts_->optimizer, this->weights_, gradients_.data(), this->description().parameters, detail::parameters_of<Net>.trainable_extent);
    if constexpr (Constraints<Net>::exist) {
      this->constraints_ = std::make_unique<detail::ProgramOf<Backend, Constraints<Net>>>(this->backend_device());
      this->bind_weights(*this->constraints_);
    }
    this->bind_training();
  }
  void prepare_evaluation() {
    if (!this->evaluation_) this->evaluation_ = make<Evaluation>();
  }
  Scores scores() const {
    Scores all{};
    this->read_scores(all);
    return all;
  }

  std::unique_ptr<Parts> parts_;
  Array gradients_, measured_;
};

}  // namespace tenon
