// What every model that can be trained can do, whatever its type.
#pragma once

#include <tenon/model/any_model.hpp>
#include <tenon/model/fit_options.hpp>
#include <tenon/model/history.hpp>
#include <tenon/model/progress.hpp>
#include <tenon/model/score.hpp>
#include <tenon/model/updater.hpp>

namespace tenon {

namespace detail {
class StateReader;
class StateWriter;
class TrainingRun;
}

/// The part of a compiled model that does not depend on its type: the steps of training, and fit. Callbacks get it.
class TrainableModel : public AnyModel {
 public:
  /// Set by a callback to end training after this epoch.
  bool stop_training = false;

  /// What the last call of fit measured.
  const History& history() const { return history_; }
  /// The weights' first values anew, as in AnyModel, and what the optimizer remembers: the model is as if it had never been trained.
  void initialize(std::uint64_t seed) override {
    const auto use = enter("initialize");
    AnyModel::initialize(seed);
    if (updater_) updater_->reset();
    iterations_ = 0;
    seed_ = 0;
  }

  /// The number of steps trained so far.
  long iterations() const { return iterations_; }
  /// The optimizer's learning rate in the next step; throws std::logic_error if it has none. To set it throws that where it is a schedule, too.
  float learning_rate() const {
    check_learning_rate();
    return setup_.learning_rate != nullptr ? *setup_.learning_rate : static_cast<float>(*setup_.learning_rate_or_schedule);
  }
  void set_learning_rate(float learning_rate) {
    check_learning_rate();
    if (setup_.learning_rate != nullptr) *setup_.learning_rate = learning_rate;
    else *setup_.learning_rate_or_schedule = learning_rate;
  }

  /// Exchanges the weights that are trained and their moving averages, which an optimizer with ExponentialMovingAverage keeps from its first step on.
  /// Throws std::logic_error where there are none.
  void swap_ema_weights();
  /// The weights become their moving averages, if the optimizer has them; fit ends with this.
  void finalize_variable_values();

  /// Writes all that training needs to go on: the weights, what the optimizer remembers, its learning rate, the number of steps, and where
  /// random numbers are. One safetensors file, whole or not at all, which load_weights and tn::load read, too. Throws std::runtime_error
  /// if that fails; std::logic_error if another thread is in the model. `load_state` of a compiled model reads it.
  void save_state(const std::filesystem::path& path) const;

 protected:
  /// Where the numbers of training lie, and how it goes. All addresses stay valid when the model is moved.
  struct Setup {
    float* gradients = nullptr;           ///< in the backend's memory, as the next
    float* measured = nullptr;            ///< the numbers of one batch: the losses, and the sums of each metric
    std::vector<const void*> owners;      ///< the loss and the metrics; of several losses their weights, each loss, and the metrics; then the divisor of each loss
    std::vector<detail::ReducedLoss> losses;  ///< the loss, or each of several
    std::string optimizer;                ///< its name
    float* learning_rate = nullptr;       ///< of an optimizer that has a number only
    LearningRate* learning_rate_or_schedule = nullptr;
    std::vector<std::string> names;       ///< "loss", that of each of several outputs, and the metrics
    std::vector<detail::Score> scores;    ///< of each name
    std::size_t loss_scores = 1;          ///< how many of the scores are losses
    std::size_t numbers() const { return scores.back().first + scores.back().count; }
    std::vector<detail::LabelSpec> labels;  ///< of each output
  };
  TrainableModel(const Description& description, std::unique_ptr<Device> device, float* weights, Setup setup)
      : AnyModel(description, std::move(device), weights), setup_(std::move(setup)), totals_(device_->totals()) {}

  History fit_samples(const Tensors& x, const Tensors& y, const FitOptions& options);

  /// Loss and metrics over all samples; read_scores reads them.
  void evaluate_samples(const Tensors& x, const Tensors& y, const EvaluateOptions& options);
  /// All samples as one batch.
  void train_on_samples(const Tensors& x, const Tensors& y, const TensorRef& sample_weight);
  void test_on_samples(const Tensors& x, const Tensors& y, const TensorRef& sample_weight);

  void bind_training();
  /// The state of training; the second needs the updater.
  detail::StateWriter state() const;
  void set_state(const detail::StateReader& state);
  /// What was measured last, outside fit: the loss, that of each of several outputs, then each metric.
  void read_scores(std::span<double> all) const {
    const std::span<const double> sums = totals_->sums();
    for (std::size_t i = 0; i < all.size(); ++i) all[i] = setup_.scores[i].value(sums, totals_->samples());
  }

  std::unique_ptr<detail::Program> training_, evaluation_;
  std::unique_ptr<detail::Program> constraints_;  // of a model that has some
  std::unique_ptr<detail::Updater> updater_;

 private:
  friend class detail::TrainingRun;

  bool has_a_number_as_learning_rate() const {
    return setup_.learning_rate != nullptr || (setup_.learning_rate_or_schedule != nullptr && !setup_.learning_rate_or_schedule->is_a_schedule());
  }
  void check_learning_rate() const {
    static_cast<void>(description());
    if (setup_.learning_rate == nullptr && setup_.learning_rate_or_schedule == nullptr) throw std::logic_error("learning_rate: the optimizer has none");
  }
  /// Refuses samples that the model cannot take; returns those that it can, with their weights in `weights`.
  detail::SampleSet check(const char* call, const Tensors& x, const Tensors& y, const TensorRef& sample_weight, std::vector<float>& weights) const;
  void begin(detail::Feed& feed, const detail::SampleSet& set) const { feed.begin(set, description().inputs, setup_.labels); }
  void bind(detail::Program& program, const detail::Batch& batch);
  void train_step(const detail::Batch& batch, detail::Totals& totals);
  void test_step(const detail::Batch& batch, detail::Totals& totals);
  void evaluate_all(detail::Feed& feed, long batch_size, detail::Totals& totals, Progress* progress);

  /// The scores so far by name: only for those who look at them, as a device has to be asked.
  Logs logs(detail::Totals& totals, const std::string& prefix = "") const {
    Logs all;
    const std::span<const double> sums = totals.sums();
    for (std::size_t i = 0; i < setup_.names.size(); ++i) all.set(prefix + setup_.names[i], setup_.scores[i].value(sums, totals.samples()));
    return all;
  }

  Setup setup_;
  std::unique_ptr<detail::Totals> totals_;  // of the last call of evaluate, train_on_batch or test_on_batch
  std::vector<float> sample_weights_;       // of one batch that is given
  long iterations_ = 0;
  std::uint64_t seed_ = 0;
  History history_;
};

}  // namespace tenon
