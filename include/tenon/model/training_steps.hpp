// What one batch does to a model that is trained or measured.
#pragma once

#include <tenon/model/trainable_model.hpp>

namespace tenon {

inline detail::SampleSet TrainableModel::check(const char* call, const Tensors& x, const Tensors& y, const TensorRef& sample_weight, std::vector<float>& weights) const {
  const long samples = detail::check_inputs(call, x, description().inputs);
  detail::check_finite(call, x);
  detail::check_targets(call, y, setup_.labels, samples);
  detail::check_sample_weight(call, sample_weight, samples);
  weights.clear();
  if (sample_weight) sample_weight.visit([&](const auto* w) { for (long i = 0; i < samples; ++i) weights.push_back(static_cast<float>(w[i])); });
  return {&x, &y, weights.empty() ? nullptr : weights.data(), 0, samples};
}

inline void TrainableModel::bind(detail::Program& program, const detail::Batch& batch) {
  for (std::size_t i = 0; i < description().inputs.size(); ++i) program.bind(Role::input, static_cast<int>(i), batch.inputs[i]);
  for (std::size_t k = 0; k < setup_.labels.size(); ++k) program.bind(Role::target, static_cast<int>(k), batch.targets[k]);
  program.bind(Role::sample_weight, 0, batch.sample_weight);
  for (std::size_t k = 0; k < setup_.scores.size(); ++k) {
    const bool loss = k < setup_.loss_scores;
    program.bind_result(loss ? Role::loss : Role::metric, static_cast<int>(loss ? k : k - setup_.loss_scores), setup_.measured + setup_.scores[k].first);
  }
  for (detail::ReducedLoss& loss : setup_.losses) loss.divisor = detail::divisor_of(loss.reduction(loss.loss), static_cast<double>(batch.size), batch.weights);
  program.read_hyperparameters(setup_.owners);
}

/// What stays where it is: the gradients, and the next values of states (in place).
inline void TrainableModel::bind_training() {
  const Description& d = description();
  for (std::size_t i = 0; i < d.parameters.size(); ++i) {
    training_->bind_result(Role::gradient, static_cast<int>(i), setup_.gradients + d.parameters[i].offset);
    training_->bind_result(Role::update, static_cast<int>(i), weights_ + d.parameters[i].offset);
    if (constraints_) constraints_->bind_result(Role::update, static_cast<int>(i), weights_ + d.parameters[i].offset);
  }
}

/// Loss, metrics and gradients of the batch, then the optimizer's step.
inline void TrainableModel::train_step(const detail::Batch& batch, detail::Totals& totals) {
  device_->step([&] {
    bind(*training_, batch);
    training_->run(batch.size, {seed_, static_cast<std::uint64_t>(iterations_)});
    totals.add(setup_.measured, setup_.loss_scores, batch.size);
    ++iterations_;
    updater_->step(iterations_, {~seed_, static_cast<std::uint64_t>(iterations_)});  // ~: other numbers than the model's
    if (constraints_) constraints_->run(1);
  });
}
inline void TrainableModel::swap_ema_weights() {
  const auto use = enter("swap_ema_weights");
  float* const averages = updater_ ? updater_->averages() : nullptr;
  if (averages == nullptr) throw std::logic_error("swap_ema_weights: there are no moving averages of the weights; they begin with the first step of with(optimizer, ExponentialMovingAverage{})");
  const auto count = static_cast<std::size_t>(description().trainable_extent);
  std::vector<float> average(count), trained(count);
  device_->download(average.data(), averages, count * sizeof(float));
  device_->download(trained.data(), weights_, count * sizeof(float));
  device_->upload(weights_, average.data(), count * sizeof(float));
  device_->upload(averages, trained.data(), count * sizeof(float));
}
inline void TrainableModel::finalize_variable_values() {
  const auto use = enter("finalize_variable_values");
  const float* const averages = updater_ ? updater_->averages() : nullptr;
  if (averages == nullptr) return;
  std::vector<float> average(static_cast<std::size_t>(description().trainable_extent));
  device_->download(average.data(), averages, average.size() * sizeof(float));
  device_->upload(weights_, average.data(), average.size() * sizeof(float));
}
inline void TrainableModel::test_step(const detail::Batch& batch, detail::Totals& totals) {
  device_->step([&] {
    bind(*evaluation_, batch);
    evaluation_->run(batch.size, next_noise());
    totals.add(setup_.measured, setup_.loss_scores, batch.size);
  });
}

/// Measures all samples of a feed that has begun.
inline void TrainableModel::evaluate_all(detail::Feed& feed, long batch_size, detail::Totals& totals, Progress* progress) {
  totals.start(setup_.numbers());
  evaluation_->reserve(std::min(batch_size, feed.count()));
  long done = 0;
  for (long first = 0; first < feed.count(); first += batch_size) {
    test_step(feed.next(first, batch_size), totals);
    if (progress != nullptr && progress->due(++done)) progress->draw(done, logs(totals));
  }
}
inline void TrainableModel::evaluate_samples(const Tensors& x, const Tensors& y, const EvaluateOptions& options) {
  detail::check_positive("evaluate", "batch_size", options.batch_size);
  std::vector<float> weights;
  const detail::SampleSet set = check("evaluate", x, y, options.sample_weight, weights);
  Progress progress(Progress::style_for(options.verbose), (set.count + options.batch_size - 1) / options.batch_size);
  begin(feed_, set);
  evaluate_all(feed_, options.batch_size, *totals_, &progress);
  progress.finish(logs(*totals_));
}

inline void TrainableModel::train_on_samples(const Tensors& x, const Tensors& y, const TensorRef& sample_weight) {
  begin(feed_, check("train_on_batch", x, y, sample_weight, sample_weights_));
  totals_->start(setup_.numbers());
  train_step(feed_.next(0, feed_.count()), *totals_);
}
inline void TrainableModel::test_on_samples(const Tensors& x, const Tensors& y, const TensorRef& sample_weight) {
  begin(feed_, check("test_on_batch", x, y, sample_weight, sample_weights_));
  totals_->start(setup_.numbers());
  test_step(feed_.next(0, feed_.count()), *totals_);
}

}  // namespace tenon
