// The device of a model: what was asked of it, recorded and replayed.
#pragma once

#include <cstring>
#include <memory>
#include <vector>

#include <tenon/backend/cuda/commands.hpp>
#include <tenon/backend/cuda/numbers.hpp>
#include <tenon/backend/cuda/staging.hpp>
#include <tenon/backend/device.hpp>

namespace tenon::cuda {

template <class Platform>
class CudaRows;
template <class Platform>
class CudaTotals;

/// Programs do not launch their kernels: they submit a command. What comes together by the end of a step (a batch that is gathered, a
/// training step, its sums, the optimizer) is launched at once. A list of commands that comes the second time is recorded, and from
/// then on replayed: one launch for numbers that have changed, one for all else.
template <class Platform>
class CudaDevice final : public Device {
 public:
  using System = typename Platform::System;
  using Memory = DeviceMemory<Platform>;

  bool in_host_memory() const override { return false; }
  void upload(void* to, const void* from, std::size_t bytes) override {
    launch();
    platform_.upload(to, from, bytes);
  }
  void download(void* to, const void* from, std::size_t bytes) override {
    launch();
    platform_.download(to, from, bytes);
  }
  std::unique_ptr<detail::Rows> rows() override { return std::make_unique<CudaRows<Platform>>(*this); }
  std::unique_ptr<detail::Totals> totals() override { return std::make_unique<CudaTotals<Platform>>(*this); }
  void step(detail::Work work) override {
    const AtEnd end{commands_};
    work();
    launch();
  }
  /// All of it is one list of commands; what goes in and out passes through page-locked memory.
  void exchange(std::span<const detail::Copy> in, detail::Work work, std::span<const detail::Copy> out) override {
    const AtEnd end{commands_};
    std::size_t bytes = 0;
    for (const auto& copies : {in, out})
      for (const detail::Copy& copy : copies) bytes += copy.bytes;
    staging_.grow(bytes);
    std::byte* at = staging_.data();
    for (const detail::Copy& copy : in) {
      std::memcpy(at, copy.from, copy.bytes);
      submit_copy({copy.to, at, copy.bytes});
      at += copy.bytes;
    }
    work();
    const std::byte* results = at;
    for (const detail::Copy& copy : out) submit_copy({at, copy.from, copy.bytes}), at += copy.bytes;
    launch();
    platform_.wait();
    for (const detail::Copy& copy : out) std::memcpy(copy.to, results, copy.bytes), results += copy.bytes;
  }

  Numbers<Platform>& numbers() { return numbers_; }
  /// Adds a command. `set` sets the numbers that it will read; a command of the same object that still waits has read its own by then.
  /// One without an object reads none.
  template <class Set>
  void submit(typename Commands<System>::Run run, void* self, std::span<const void* const> arguments, std::span<void* const> results, long batch, const void* memory, Set set) {
    launch_what_uses(self);
    set();
    commands_.add(run, self, arguments, results, batch, memory);
  }
  /// Launches what waits, if a command of this object is among it.
  void launch_what_uses(const void* self) {
    if (self != nullptr && commands_.has(self)) launch();
  }
  /// A copy between page-locked memory of the host and the device.
  void submit_copy(const detail::Copy& copy, void* self = nullptr) {
    submit([](void*, System& system, const Frame& frame) { system.copy(frame.results[0], frame.arguments[0], frame.batch); }, self, {&copy.from, 1}, {&copy.to, 1},
           static_cast<long>(copy.bytes), nullptr, [] {});
  }
  /// Whether samples of so many bytes may be kept on the device: a fifth of the memory that is free stays so.
  bool has_room(std::size_t bytes) const { return static_cast<double>(bytes) <= 0.8 * static_cast<double>(Platform::free_bytes()); }
  Platform& platform() { return platform_; }
  /// Memory for what kernels keep beside their operands: at least so much. All programs of the device share it, as they run one after the other.
  void reserve_room(long bytes) {
    if (bytes <= static_cast<long>(room_.size())) return;
    platform_.wait();
    room_.resize(static_cast<std::size_t>(bytes));
    recorded_.clear();  // what was recorded knows the old place
  }

  /// Launches whatever was submitted.
  void launch() {
    if (commands_.empty()) return;
    const AtEnd end{commands_};
    [[maybe_unused]] const auto use = platform_.use();
    System system = platform_.system(room_.data());
    numbers_.bring(system);
    launch_or_replay(system);
  }

 private:
  /// Whatever was submitted is launched or, where something throws, forgotten.
  struct AtEnd {
    Commands<System>& commands;
    ~AtEnd() { commands.clear(); }
  };
  struct Recorded {
    Commands<System> commands;
    std::unique_ptr<typename Platform::Graph> graph;  // null: launched once
  };

  void launch_or_replay(System& system) {
    for (Recorded& r : recorded_) {
      if (!(r.commands == commands_)) continue;
      if (!r.graph) r.graph = platform_.record(room_.data(), [&](System& s) { commands_.launch(s); });
      return platform_.replay(*r.graph);
    }
    constexpr std::size_t most = 16;  // lists that never come again make room for others
    if (recorded_.size() == most) recorded_.erase(recorded_.begin());
    recorded_.push_back({commands_, nullptr});
    commands_.launch(system);
  }

  Platform platform_;
  Numbers<Platform> numbers_;
  DeviceArray<Platform, std::byte> room_;
  StagingArray<Platform> staging_;
  Commands<System> commands_;
  std::vector<Recorded> recorded_;
};

}  // namespace tenon::cuda
