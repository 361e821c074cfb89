// What fit does.
#pragma once

#include <random>

#include <tenon/core/random.hpp>
#include <tenon/model/training_steps.hpp>

namespace tenon {
namespace detail {

/// One call of fit: samples and options that have been checked, and the epochs.
class TrainingRun {
 public:
  TrainingRun(TrainableModel& model, const Tensors& x, const Tensors& y, const FitOptions& options)
      : model_(model), options_(options), train_feed_(*model.device_), validation_feed_(*model.device_), totals_(model.device_->totals()), validation_totals_(model.device_->totals()) {
    check_options();
    train_ = model.check("fit", x, y, options.sample_weight, weights_);
    if (!options.class_weight.empty()) weigh_classes(y[0]);
    if (options.validation_data.x.size() > 0) {
      const ValidationData& v = options.validation_data;
      validation_ = model.check("fit: validation_data", v.x, v.y, v.sample_weight, validation_weights_);
    } else if (options.validation_split > 0) {
      split();
    }
    model.begin(train_feed_, train_);
    if (validation_.count > 0) model.begin(validation_feed_, validation_);
  }

  History run() {
    History history;
    history.set_seed(model_.seed_ = options_.seed ? *options_.seed : std::uint64_t{std::random_device{}()});
    model_.history_ = history;
    model_.stop_training = false;
    epoch_ = options_.initial_epoch;
    for (const AnyCallback& c : options_.callbacks) c.on_train_begin(model_);
    for (const AnyCallback& c : options_.callbacks) c.before_steps(*this);
    while (epoch_ < options_.epochs && (batch_ > 0 || !model_.stop_training)) {
      if (batch_ == 0)
        for (const AnyCallback& c : options_.callbacks) c.on_epoch_begin(model_, epoch_);
      Logs logs = run_epoch();
      model_.history_.append(epoch_, logs);
      for (const AnyCallback& c : options_.callbacks) c.on_epoch_end(model_, epoch_, logs);
      model_.history_.complete(logs);
      ++epoch_, batch_ = 0;
      for (const AnyCallback& c : options_.callbacks) c.between_steps(*this);
    }
    if (options_.epochs > 0) model_.finalize_variable_values();
    for (const AnyCallback& c : options_.callbacks) c.on_train_end(model_);
    return model_.history_;
  }

  /// Writes all that there is to this call of fit: the state of training, epoch and batch, what was measured, and what the callbacks remember.
  void save(const std::filesystem::path& path) const;
  /// Goes on where that file was written. Throws std::runtime_error, with the reason, where it does not fit.
  void resume(const std::filesystem::path& path);
  /// The batches of the epoch so far; 0 between two epochs.
  long batch() const { return batch_; }
  /// True where no epoch will follow.
  bool is_over() const { return batch_ == 0 && (epoch_ >= options_.epochs || model_.stop_training); }
  TrainableModel& model() const { return model_; }

 private:
  void check_options() const {
    const FitOptions& o = options_;
    check_positive("fit", "batch_size", o.batch_size);
    if (o.epochs < 0) refuse("fit", "epochs is " + std::to_string(o.epochs) + ", expected 0 or more");
    if (o.initial_epoch < 0) refuse("fit", "initial_epoch is " + std::to_string(o.initial_epoch) + ", expected 0 or more");
    if (!(o.validation_split >= 0 && o.validation_split < 1))
      refuse("fit", "validation_split is " + std::to_string(o.validation_split) + ", expected 0 or more and less than 1");
    if (!o.class_weight.empty() && o.sample_weight) refuse("fit", "class_weight and sample_weight are both given, expected one of them");
    if (!o.class_weight.empty() && model_.setup_.labels.size() > 1)
      refuse("fit", "class_weight is given, but the model has " + std::to_string(model_.setup_.labels.size()) + " outputs, expected sample_weight: only one output has classes to weigh");
  }

  /// The last samples are measured, the others trained on (Keras's rule: no shuffling before).
  void split() {
    const long n = train_.count, at = static_cast<long>(static_cast<double>(n) * (1 - options_.validation_split));
    if (at == 0 || at == n)
      refuse("fit", "validation_split is " + std::to_string(options_.validation_split) + " of " + std::to_string(n) +
                        " samples, expected a part that leaves at least one sample on each side");
    validation_ = train_;
    if (!options_.class_weight.empty()) validation_.weights = nullptr;  // classes are weighted in training only
    validation_.first = at;
    validation_.count = n - at;
    train_.count = at;
  }

  /// The weight of each sample is that of its class: an integer, or the place of the largest of a one-hot row.
  void weigh_classes(const TensorRef& y) {
    check_class_weight("fit", options_.class_weight, y, model_.setup_.labels[0]);
    const long n = train_.count, row = y.row_size();
    weights_.assign(static_cast<std::size_t>(n), 1.f);
    y.visit([&](const auto* p) {
      for (long i = 0; i < n; ++i) {
        const auto* const labels = p + i * row;
        const long label = row == 1 ? std::lround(static_cast<double>(*labels)) : std::max_element(labels, labels + row) - labels;
        const auto found = options_.class_weight.find(static_cast<int>(label));
        if (found != options_.class_weight.end()) weights_[static_cast<std::size_t>(i)] = static_cast<float>(found->second);
      }
    });
    train_.weights = weights_.data();
  }

  Logs run_epoch() {
    const auto style = Progress::style_for(options_.verbose);
    Progress::print_epoch(style, epoch_, options_.epochs);
    Progress progress(style, (train_.count + options_.batch_size - 1) / options_.batch_size);
    train_epoch(progress);
    Logs logs = model_.logs(*totals_);
    if (validation_.count > 0) {
      for (const AnyCallback& c : options_.callbacks) c.on_test_begin(model_);
      model_.evaluate_all(validation_feed_, options_.batch_size, *validation_totals_, nullptr);
      for (const AnyCallback& c : options_.callbacks) c.on_test_end(model_);
      for (const auto& [name, value] : model_.logs(*validation_totals_, "val_")) logs.set(name, value);
    }
    progress.finish(logs);
    return logs;
  }

  void train_epoch(Progress& progress) {
    std::vector<std::size_t> order;
    if (options_.shuffle) order = shuffled_indices(static_cast<std::size_t>(train_.count), Random(model_.seed_, static_cast<std::uint64_t>(epoch_)));
    train_feed_.begin_order(order);
    if (batch_ == 0) totals_->start(model_.setup_.numbers());  // else this epoch goes on
    model_.training_->reserve(std::min<long>(options_.batch_size, train_.count));
    for (long first = long{batch_} * options_.batch_size; first < train_.count && !(batch_ > 0 && model_.stop_training); first += options_.batch_size) {
      for (const AnyCallback& c : options_.callbacks) c.on_train_batch_begin(model_, batch_);
      model_.train_step(train_feed_.next(first, options_.batch_size), *totals_);
      for (const AnyCallback& c : options_.callbacks)
        if (c.wants_batch_logs()) c.on_train_batch_end(model_, batch_, model_.logs(*totals_));
      ++batch_;
      if (progress.due(batch_)) progress.draw(batch_, model_.logs(*totals_));
      for (const AnyCallback& c : options_.callbacks) c.between_steps(*this);
    }
  }

  TrainableModel& model_;
  const FitOptions& options_;
  SampleSet train_, validation_;
  Feed train_feed_, validation_feed_;
  std::unique_ptr<Totals> totals_, validation_totals_;  // of the epoch so far
  std::vector<float> weights_, validation_weights_;
  int epoch_ = 0, batch_ = 0;  // the epoch that runs, and its batches so far
};

}  // namespace detail

inline History TrainableModel::fit_samples(const Tensors& x, const Tensors& y, const FitOptions& options) {
  return detail::TrainingRun(*this, x, y, options).run();
}

}  // namespace tenon
