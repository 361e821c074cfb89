// The optimizer at work.
#pragma once

#include <algorithm>
#include <memory>
#include <vector>

#include <tenon/graph/mistake.hpp>
#include <tenon/model/program.hpp>
#include <tenon/model/sources.hpp>

namespace tenon::detail {

/// An optimizer's steps and what it remembers between them, for all parameters at once.
class Updater {
 public:
  virtual ~Updater() = default;
  /// Changes the parameters by their gradients. `iteration`: the number of the step, from 1.
  virtual void step(long iteration, const Noise& noise) = 0;
  /// Forgets everything.
  virtual void reset() = 0;

  /// One of the arrays that it remembers, in the backend's memory.
  struct Slot {
    const char* name = "";
    float* data = nullptr;
    long count = 0;
  };
  /// Those that have been needed so far, and so many of them at least, as far as the optimizer has as many; always in the same order.
  virtual std::vector<Slot> slots(int at_least = 0) = 0;
};

/// The steps of one optimizer on one backend. What it remembers is allocated when it is first needed: as long as the optimizer says
/// that it is plain, only what its plain update asks for.
template <class Backend, class Optimizer>
class UpdaterOf final : public Updater {
 public:
  /// `weights` and `gradients` have `count` numbers; they and the optimizer stay where they are.
  UpdaterOf(typename Backend::Device& device, const Optimizer& optimizer, float* weights, const float* gradients, long count)
      : device_(device), optimizer_(optimizer), weights_(weights), gradients_(gradients), count_(count) {}

  void step(long iteration, const Noise& noise) override {
    iteration_ = static_cast<float>(iteration);
    if constexpr (has_plain_update<Optimizer>)
      if (optimizer_.plain()) return run<Update<Optimizer, true>>(plain_, noise);
    run<Update<Optimizer>>(full_, noise);
  }
  void reset() override {
    const std::vector<float> zeros(static_cast<std::size_t>(count_));
    for (auto& slot : slots_) device_.upload(slot.data(), zeros.data(), zeros.size() * sizeof(float));
  }
  std::vector<Slot> slots(int at_least) override {
    reserve(std::min(at_least, Traced<Update<Optimizer>>::sizes.weights));
    std::vector<Slot> all;
    for (std::size_t i = 0; i < slots_.size(); ++i) all.push_back({Traced<Update<Optimizer>>::records.weights[i].name, slots_[i].data(), count_});
    return all;
  }

 private:
  template <class Source>
  void run(std::unique_ptr<Program>& program, const Noise& noise) {
    if (!program) program = make<Source>();
    const void* const owner = &optimizer_;
    program->read_hyperparameters({&owner, 1});
    program->run(count_, noise);
  }
  template <class Source>
  std::unique_ptr<Program> make() {
    static_assert(begins_alike<Source>(), "Tenon: the states of plain_update are the first of update, in the same order");
    auto program = std::make_unique<ProgramOf<Backend, Source>>(device_);
    program->bind(Role::input, 0, weights_);
    program->bind(Role::gradient, 0, gradients_);
    program->bind(Role::iteration, 0, &iteration_);
    program->bind_result(Role::update, 0, weights_);
    reserve(Traced<Source>::sizes.weights);
    for (int k = 0; k < Traced<Source>::sizes.weights; ++k) {
      float* const slot = slots_[static_cast<std::size_t>(k)].data();
      program->bind(Role::weight, k, slot);
      program->bind_result(Role::update, 1 + k, slot);
    }
    return program;
  }
  void reserve(int slots) {
    while (static_cast<int>(slots_.size()) < slots) slots_.emplace_back().resize(static_cast<std::size_t>(count_));
  }
  template <class Source>
  static constexpr bool begins_alike() {
    for (int k = 0; k < Traced<Source>::sizes.weights; ++k)
      if (k >= Traced<Update<Optimizer>>::sizes.weights || !same_text(Traced<Source>::records.weights[k].name, Traced<Update<Optimizer>>::records.weights[k].name)) return false;
    return true;
  }

  typename Backend::Device& device_;
  const Optimizer& optimizer_;
  float* weights_;
  const float* gradients_;
  long count_;
  float iteration_ = 0;
  std::vector<typename Backend::template Array<float>> slots_;
  std::unique_ptr<Program> plain_, full_;
};

/// How many numbers an optimizer as it is by default remembers for each parameter.
template <class Optimizer>
constexpr int slots_by_default() {
  if constexpr (has_plain_update<Optimizer>)
    if (Optimizer{}.plain()) return Traced<Update<Optimizer, true>>::sizes.weights;
  return Traced<Update<Optimizer>>::sizes.weights;
}

}  // namespace tenon::detail
