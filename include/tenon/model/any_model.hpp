// What every model can do whatever its type: give, take, keep and show its weights, and predict.
#pragma once

#include <filesystem>

#include <tenon/core/random.hpp>
#include <tenon/model/checkpoint.hpp>
#include <tenon/model/feed.hpp>
#include <tenon/model/occupancy.hpp>
#include <tenon/model/program.hpp>
#include <tenon/model/weights.hpp>

namespace tenon {

/// The part of a model that does not depend on its type. Compiled once, however many models a program has.
/// Its numbers lie where the backend keeps them, and the host touches them through a Device only.
/// Whatever is asked of a model that was moved from throws std::logic_error; so does what needs the model's memory while another
/// thread is in it.
class AnyModel {
 public:
  AnyModel(const AnyModel&) = delete;
  AnyModel(AnyModel&& other) noexcept
      : device_(std::move(other.device_)), feed_(std::move(other.feed_)), weights_(std::exchange(other.weights_, nullptr)), noise_(other.noise_),
        description_(std::exchange(other.description_, nullptr)) {}
  AnyModel& operator=(AnyModel&& other) noexcept {
    std::swap(device_, other.device_);  // what this model had on its device is given back after this
    feed_ = std::move(other.feed_);
    weights_ = std::exchange(other.weights_, nullptr);
    noise_ = other.noise_;
    description_ = std::exchange(other.description_, nullptr);
    return *this;
  }
  virtual ~AnyModel() = default;

  const Description& description() const {
    if (description_ == nullptr) throw std::logic_error("this model was moved from: it has no weights any more");
    return *description_;
  }

  /// Gives every weight a new first value from its initializer. Equal seeds give equal weights. A model starts with seed 0.
  virtual void initialize(std::uint64_t seed) {
    const auto use = enter("initialize");
    std::vector<float> all(static_cast<std::size_t>(description().extent));
    detail::initialize_weights(description(), all.data(), seed);
    set_all_weights(all);
    noise_ = {seed, 0};
  }

  /// The weights layer by layer, as the layers were first called, and within a layer in Keras's order, moving averages included.
  template <class Array = xt::xarray<float>>  // a template, so that only those who use it need xarray
  std::vector<Array> get_weights() const {
    const std::vector<float> values = weights();
    std::vector<Array> all;
    for (const int i : description().keras_order) {
      const Parameter& p = description().parameters[static_cast<std::size_t>(i)];
      typename Array::shape_type shape;
      for (int axis = 0; axis < p.shape.rank; ++axis) shape.push_back(static_cast<std::size_t>(p.shape.extent[axis]));
      std::copy_n(values.data() + p.offset, p.size(), all.emplace_back(shape).data());
    }
    return all;
  }

  /// Replaces every weight; order and shapes as get_weights() gives them.
  /// Throws std::invalid_argument with the index and both shapes; the model is then unchanged.
  template <class Array = xt::xarray<float>>
  void set_weights(const std::vector<Array>& values) {
    const auto use = enter("set_weights");
    const auto& order = description().keras_order;
    if (values.size() != order.size())
      detail::refuse("set_weights", std::to_string(values.size()) + " weights are given, expected " + std::to_string(order.size()));
    std::vector<float> all = weights();
    for (std::size_t k = 0; k < values.size(); ++k) {
      const Parameter& p = description().parameters[static_cast<std::size_t>(order[k])];
      detail::check_weight(k, values[k], p);
      std::copy(values[k].begin(), values[k].end(), all.data() + p.offset);
    }
    set_all_weights(all);
  }

  /// Sets what the layers that read the model's inputs learn from data before training: the mean and variance of a Normalization, the bins of a
  /// Discretization. x: as of predict. `initialize` forgets it. Throws std::invalid_argument if x does not fit, or there is no such layer.
  ///
  ///     model.adapt(train.x);
  void adapt(const Tensors& x) {
    const auto use = enter("adapt");
    detail::check_inputs("adapt", x, description().inputs);
    detail::check_finite("adapt", x);
    std::vector<float> all = weights();
    detail::adapt_weights(description(), all.data(), x);
    set_all_weights(all);
  }

  /// Writes the weights into a safetensors file, whole or not at all. Throws std::runtime_error if that fails.
  void save(const std::filesystem::path& path) const { detail::save_weights(description(), weights().data(), path); }
  /// Replaces the weights by those of a file. Throws std::runtime_error that names the tensor and both shapes if it belongs to
  /// another architecture; the model is then unchanged.
  void load_weights(const std::filesystem::path& path) {
    const auto use = enter("load_weights");
    set_all_weights(detail::load_weights(description(), SafetensorsFile(path)));
  }

  /// A copy of all weights as one array; description() says where each one lies. Throws std::logic_error if another thread is in the model: it
  /// may be training.
  std::vector<float> weights() const {
    std::vector<float> all(static_cast<std::size_t>(description().extent));
    occupancy_.check_unused_by_others("weights");
    device_->download(all.data(), weights_, all.size() * sizeof(float));
    occupancy_.check_unused_by_others("weights");  // nor has it entered meanwhile
    return all;
  }
  /// Replaces them all. Throws std::invalid_argument if there are not as many; the model is then unchanged.
  void set_all_weights(std::span<const float> all) {
    const auto use = enter("set_all_weights");
    const auto count = static_cast<std::size_t>(description().extent);
    if (all.size() != count) detail::refuse("set_all_weights", std::to_string(all.size()) + " numbers are given, expected " + std::to_string(count));
    device_->upload(weights_, all.data(), all.size_bytes());
  }

 protected:
  /// What uses the model's memory holds this while it runs.
  detail::Occupancy::Use enter(const char* call) {
    static_cast<void>(description());
    return {occupancy_, call};
  }

  /// `weights`: in the backend's memory.
  AnyModel(const Description& description, std::unique_ptr<Device> device, float* weights)
      : device_(std::move(device)), feed_(*device_), weights_(weights), description_(&description) {}

  /// What random numbers depend on outside training: they are new in each batch, and the same whenever a program does the same.
  /// Steps count down from the largest, so that none is one of training.
  Noise next_noise() { return {noise_.seed, ~noise_.step++}; }

  /// Runs the prediction over all samples, in batches. outputs[k]: where the k-th output of the first sample goes; computed[k]: where
  /// that of a batch is computed if the backend cannot reach `outputs`, else null.
  void predict_into(detail::Program& prediction, const Tensors& x, long batch_size, void* const* outputs, void* const* computed) {
    const Description& d = description();
    feed_.begin({&x, nullptr, nullptr, 0, x[0].rows()}, d.inputs, {});
    prediction.reserve(std::min(batch_size, feed_.count()));
    for (long first = 0; first < feed_.count(); first += batch_size) {
      const detail::Batch& batch = feed_.next(first, batch_size);
      const auto bytes = [&](std::size_t k, long samples) { return samples * d.outputs[k].shape.elements() * 4; };
      const auto wanted_at = [&](std::size_t k) { return static_cast<char*>(outputs[k]) + bytes(k, first); };
      for (std::size_t i = 0; i < d.inputs.size(); ++i) prediction.bind(Role::input, static_cast<int>(i), batch.inputs[i]);
      for (std::size_t k = 0; k < d.outputs.size(); ++k)
        prediction.bind_result(Role::output, static_cast<int>(k), computed[k] == nullptr ? wanted_at(k) : computed[k]);
      device_->step([&] { prediction.run(batch.size, next_noise()); });
      for (std::size_t k = 0; k < d.outputs.size(); ++k)
        if (computed[k] != nullptr) device_->download(wanted_at(k), computed[k], static_cast<std::size_t>(bytes(k, batch.size)));
    }
  }
  void bind_weights(detail::Program& program) {
    for (std::size_t i = 0; i < description().parameters.size(); ++i)
      program.bind(Role::weight, static_cast<int>(i), weights_ + description().parameters[i].offset);
  }

  std::unique_ptr<Device> device_;  // first, as whatever is on it goes before it
  detail::Feed feed_;               // of whatever is not fit
  float* weights_;                  // in the backend's memory
  detail::Occupancy occupancy_;
  Noise noise_;                     // step: the batches so far, outside training

 private:
  const Description* description_;  // null: moved from
};

}  // namespace tenon
