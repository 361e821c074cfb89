// A graph of a model together with the addresses that it reads and writes.
#pragma once

#include <span>
#include <vector>

#include <tenon/backend/concept.hpp>
#include <tenon/graph/frozen.hpp>

namespace tenon::detail {

/// A graph that can be run: its arguments and results are bound once, and those of each batch before it runs.
class Program {
 public:
  Program(std::span<const Port> arguments, std::span<const Port> results, std::span<const Hyperparameter> hyperparameters)
      : argument_ports_(arguments), result_ports_(results), hyperparameters_(hyperparameters),
        arguments_(arguments.size()), results_(results.size()), numbers_(hyperparameters.size()) {
    for (std::size_t i = 0; i < numbers_.size(); ++i) bind(Role::hyperparameter, static_cast<int>(i), &numbers_[i]);
  }
  Program(const Program&) = delete;
  virtual ~Program() = default;

  void bind(Role role, int index, const void* address) {
    for (std::size_t i = 0; i < arguments_.size(); ++i)
      if (argument_ports_[i].role == role && argument_ports_[i].index == index) arguments_[i] = address;
  }
  void bind_result(Role role, int index, void* address) {
    for (std::size_t i = 0; i < results_.size(); ++i)
      if (result_ports_[i].role == role && result_ports_[i].index == index) results_[i] = address;
  }
  /// Reads the numbers of the loss and the metrics, or of the optimizer, anew. owners[0] is the loss or the optimizer.
  void read_hyperparameters(std::span<const void* const> owners) {
    for (std::size_t i = 0; i < numbers_.size(); ++i) numbers_[i] = hyperparameters_[i].read(owners[static_cast<std::size_t>(hyperparameters_[i].owner)]);
  }
  /// Takes memory for batches of this size, so that running them takes none.
  void reserve(long batch) {
    if (batch <= reserved_) return;
    take_memory(batch);
    reserved_ = batch;
  }
  /// To be called in a step of the device.
  void run(long batch, const Noise& noise = {}) {
    reserve(batch);
    execute({arguments_.data(), results_.data(), batch, noise});
  }

 private:
  virtual void take_memory(long batch) = 0;
  virtual void execute(const Frame& frame) = 0;

  std::span<const Port> argument_ports_, result_ports_;
  std::span<const Hyperparameter> hyperparameters_;
  std::vector<const void*> arguments_;
  std::vector<void*> results_;
  std::vector<float> numbers_;
  long reserved_ = 0;
};

/// The program of one source on one backend.
template <class Backend, class Source>
class ProgramOf final : public Program {
  using Executor = typename Backend::template Executor<Source>;

 public:
  explicit ProgramOf(typename Backend::Device& device)
      : Program({Traced<Source>::graph.arguments, static_cast<std::size_t>(Traced<Source>::sizes.arguments)},
                {Traced<Source>::graph.results, static_cast<std::size_t>(Traced<Source>::sizes.results)},
                {Traced<Source>::records.hyperparameters, static_cast<std::size_t>(Traced<Source>::sizes.hyperparameters)}),
        executor_(make(device)) {}

 private:
  static Executor make(typename Backend::Device& device) {
    if constexpr (std::is_constructible_v<Executor, typename Backend::Device&>) return Executor(device);
    else return Executor();
  }
  void take_memory(long batch) override { executor_.reserve(batch); }
  void execute(const Frame& frame) override { executor_.run(frame); }
  Executor executor_;
};

}  // namespace tenon::detail
