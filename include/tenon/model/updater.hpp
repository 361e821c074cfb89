// The optimizer at work.
#pragma once

#include <algorithm>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <tenon/graph/mistake.hpp>
#include <tenon/model/gradient_sources.hpp>
#include <tenon/model/slots.hpp>
#include <tenon/model/update_scope.hpp>

namespace tenon::detail {

/// An optimizer's steps and what it remembers between them, for all parameters at once.
class Updater {
 public:
  virtual ~Updater() = default;
  /// Changes the parameters by their gradients. `iteration`: the number of the step, from 1.
  virtual void step(long iteration, const Noise& noise) = 0;
  /// Forgets everything.
  virtual void reset() = 0;

  using Slot = detail::Slot;
  /// Those that have been needed so far, and those of these names.
  virtual std::vector<Slot> slots(std::span<const std::string> names = {}) = 0;
  /// The names of all that it may need.
  virtual std::vector<const char*> slot_names() const = 0;
  /// Where the moving averages of the parameters lie; null where the optimizer has none, or has not taken a step.
  virtual float* averages() { return nullptr; }
};

/// The steps of one optimizer on one backend: one program over all parameters, or one for each variable where the update adds up over it
/// or needs its shape. What it remembers is allocated when it is first needed: as long as the optimizer says that it is plain, only what
/// its plain update asks for. Each slot is one array with the offsets of the weights; of an optimizer that needs shapes, which may keep less of a
/// variable than it has, what it keeps of one variable after the other.
template <class Backend, class Optimizer, class Shapes = AnyShapes>
class UpdaterOf final : public Updater {
 public:
  /// `weights` and `gradients` have `count` numbers, padding between variables included; they and the optimizer stay where they are.
  UpdaterOf(typename Backend::Device& device, Optimizer& optimizer, float* weights, const float* gradients, std::span<const Parameter> parameters, long count)
      : device_(device), optimizer_(optimizer), excludes_(excludes_any(optimizer)), weights_(weights), gradients_(gradients), parameters_(parameters), count_(count) {}

  void step(long iteration, const Noise& noise) override {
    iteration_ = static_cast<float>(iteration);
    if constexpr (requires { optimizer_.learning_rate.go_to(0L); }) optimizer_.learning_rate.go_to(iteration - 1);
    if constexpr (accumulates<Optimizer>) step_accumulated(iteration, noise);
    else update(noise);
    if constexpr (requires { optimizer_.learning_rate.go_to(0L); }) optimizer_.learning_rate.go_to(iteration);
  }
  void reset() override {
    const std::vector<float> zeros(static_cast<std::size_t>(count_));
    for (const Slot& slot : slots_.all()) device_.upload(slot.data, zeros.data(), static_cast<std::size_t>(slot.count) * sizeof(float));
    if constexpr (requires { optimizer_.learning_rate.go_to(0L); }) optimizer_.learning_rate.go_to(0);
  }
  std::vector<Slot> slots(std::span<const std::string> names) override {
    each_slot([&](const char* name, long size) {
      if (std::find(names.begin(), names.end(), name) != names.end()) slots_.get(name, size);
    });
    return slots_.all();
  }
  std::vector<const char*> slot_names() const override {
    std::vector<const char*> names;
    each_slot([&](const char* name, long) {
      if (std::none_of(names.begin(), names.end(), [&](const char* known) { return same_text(known, name); })) names.push_back(name);
    });
    return names;
  }
  float* averages() override { return slots_.find(average_name); }

 private:
  /// A program and the parameters that it updates.
  struct Part {
    std::unique_ptr<Program> program;
    long size;
    std::vector<const void*> owners;
  };
  using Parts = std::vector<Part>;
  static constexpr const char* accumulator_name = "gradient_accumulator";

  /// The gradients of some steps are added up; only the last of them updates.
  void step_accumulated(long iteration, const Noise& noise) {
    if (optimizer_.gradient_accumulation_steps < 1) throw std::invalid_argument("GradientAccumulation: gradient_accumulation_steps is " + std::to_string(optimizer_.gradient_accumulation_steps) + ", expected 1 or more");
    const long steps = optimizer_.gradient_accumulation_steps, at = (iteration - 1) % steps;
    iteration_ = static_cast<float>((iteration - 1) / steps + 1);
    if (!accumulation_) {
      float* const sums = slots_.get(accumulator_name, count_);
      accumulation_.emplace(device_, std::exchange(gradients_, sums), sums, count_);
    }
    accumulation_->add(at == 0, at == steps - 1 ? steps : 1);
    if (at == steps - 1) update(noise);
    else if constexpr (acts_between<Optimizer>) run<BetweenUpdates<Optimizer>>(between_, noise);
  }
  void update(const Noise& noise) {
    if constexpr (has_plain_update<Optimizer>)
      if (optimizer_.plain()) return run_update<true>(plain_, noise);
    run_update<false>(full_, noise);
  }
  template <bool Plain>
  void run_update(Parts& parts, const Noise& noise) {
    if constexpr (needs_global_norm<Plain>()) {
      if (!norm_) norm_.emplace(device_, gradients_, count_);
      norm_->find();
    }
    if constexpr (needs_shape<Optimizer>) {
      if (parts.empty())
        for (const Parameter& p : parameters_)
          if (p.trainable) parts.push_back(make_for_shape<Plain>(p));
      run_all(parts, noise);
    } else {
      run<Update<Optimizer, Plain>>(parts, noise);
    }
  }
  template <bool Plain>
  static constexpr bool needs_global_norm() {
    if constexpr (needs_shape<Optimizer>) return asks_for_global_norm<UpdateOf<Optimizer, Shapes, 0, Plain>>;
    else return asks_for_global_norm<Update<Optimizer, Plain>>;
  }
  template <class Source>
  void run(Parts& parts, const Noise& noise) {
    if (parts.empty()) {
      if (adds_up<Source> || excludes_) {
        for (const Parameter& p : parameters_)
          if (p.trainable) parts.push_back(make<Source>(p.offset, p.size(), p.name));
      } else {
        parts.push_back(make<Source>(0, count_));
      }
    }
    run_all(parts, noise);
  }
  void run_all(Parts& parts, Noise noise) {
    for (const Part& part : parts) {
      part.program->read_hyperparameters(part.owners);
      part.program->run(part.size, noise);
      noise.seed += 0x9E3779B97F4A7C15u;  // each variable has random numbers of its own
    }
  }
  template <class Source>
  Part make(long offset, long size, [[maybe_unused]] const char* variable = "") {
    auto program = std::make_unique<ProgramOf<Backend, Source>>(device_);
    program->bind(Role::input, 0, weights_ + offset);
    program->bind(Role::gradient, 0, gradients_ + offset);
    if (norm_) program->bind(Role::gradient, 1, norm_->square());
    program->bind(Role::iteration, 0, &iteration_);
    program->bind_result(Role::update, 0, weights_ + offset);
    for (int k = 0; k < Traced<Source>::sizes.weights; ++k) {
      const char* const name = Traced<Source>::records.weights[k].name;
      float* const numbers = slots_.get(name, slot_size<Source>(k)) + (needs_shape<Optimizer> ? kept_before(name, offset) : offset);
      program->bind(Role::weight, k, numbers);
      program->bind_result(Role::update, 1 + k, numbers);
    }
    if constexpr (may_exclude<Optimizer>) return {std::move(program), size, optimizer_.owners_without(variable)};
    else return {std::move(program), size, owners_of(optimizer_)};
  }
  template <bool Plain>
  Part make_for_shape(const Parameter& p) {
    Part part{};
    [&]<int... K>(std::integer_sequence<int, K...>) {
      ((Shapes::list.items[K] == variable_kind(p) ? static_cast<void>(part = make<UpdateOf<Optimizer, Shapes, K, Plain>>(p.offset, p.size(), p.name)) : void()), ...);
    }(std::make_integer_sequence<int, Shapes::list.count>{});
    return part;
  }
  /// One number for all parameters, where one program updates them all; else as many as there are weights, or what is kept of them.
  template <class Source>
  long slot_size(int k) const {
    const Weight& slot = Traced<Source>::records.weights[k];
    if constexpr (needs_shape<Optimizer>) return kept_before(slot.name, count_);
    else return slot.shape.rank == 0 && !adds_up<Source> && !excludes_ ? 1 : count_;
  }
  /// The numbers of a slot that belong to variables in front of this offset, padding included.
  long kept_before(const char* name, long offset) const {
    long kept = 0;
    if constexpr (needs_shape<Optimizer>)
      for (const Parameter& p : parameters_)
        if (p.trainable && p.offset < offset)
          [&]<int... K>(std::integer_sequence<int, K...>) {
            ((kept += Shapes::list.items[K] == variable_kind(p) ? slot_extent<UpdateOf<Optimizer, Shapes, K>>(name) : 0), ...);
          }(std::make_integer_sequence<int, Shapes::list.count>{});
    return kept;
  }
  template <class Source>
  void each_slot_of(auto& f) const {
    for (int k = 0; k < Traced<Source>::sizes.weights; ++k) f(Traced<Source>::records.weights[k].name, slot_size<Source>(k));
  }
  void each_slot(auto f) const {
    if constexpr (accumulates<Optimizer>) f(accumulator_name, count_);
    if constexpr (needs_shape<Optimizer>) {
      [&]<int... K>(std::integer_sequence<int, K...>) {
        (each_slot_of<UpdateOf<Optimizer, Shapes, K>>(f), ...);
      }(std::make_integer_sequence<int, Shapes::list.count>{});
    } else {
      each_slot_of<Update<Optimizer>>(f);
    }
  }
  static bool excludes_any(const Optimizer& optimizer) {
    if constexpr (may_exclude<Optimizer>) return optimizer.excludes_any();
    else return false;
  }
  typename Backend::Device& device_;
  Optimizer& optimizer_;
  bool excludes_;  // asked once: programs are made accordingly
  float* weights_;
  const float* gradients_;
  std::span<const Parameter> parameters_;
  long count_;
  float iteration_ = 0;
  Slots<Backend> slots_;
  Parts plain_, full_, between_;
  std::optional<AccumulatedGradients<Backend>> accumulation_;
  std::optional<GlobalNorm<Backend>> norm_;
};

}  // namespace tenon::detail
