// The GPU backend without a GPU; to be included by itself.
#pragma once

#include <cstring>
#include <limits>
#include <memory>
#include <new>

#include <tenon/backend/cuda/emulator.hpp>
#include <tenon/backend/cuda/executor.hpp>
#include <tenon/backend/cuda/rows.hpp>
#include <tenon/backend/cuda/totals.hpp>

namespace tenon {
namespace cuda {

/// Host memory in the place of a device's.
class EmulatedPlatform {
 public:
  using System = Emulator;
  using Graph = Emulator::Tape;

  static void* allocate(std::size_t bytes) { return std::memset(::operator new(bytes, std::align_val_t{256}), 0, bytes); }
  static void release(void* p) noexcept { ::operator delete(p, std::align_val_t{256}); }

  static void* allocate_staging(std::size_t bytes) { return allocate(bytes); }
  static void release_staging(void* p) noexcept { release(p); }
  /// What is said to be free: tests set it.
  static inline std::size_t memory = std::numeric_limits<std::size_t>::max();
  static std::size_t free_bytes() { return memory; }
  struct Mark {
    void record(const EmulatedPlatform&) {}
    void wait() const {}
  };

  struct Nothing {};
  Nothing use() const { return {}; }
  System system(void* room) { return Emulator(room); }
  void upload(void* to, const void* from, std::size_t bytes) { copy(to, from, bytes); }
  void download(void* to, const void* from, std::size_t bytes) { copy(to, from, bytes); }
  void wait() {}

  /// What `launch(system)` launches.
  template <class F>
  std::unique_ptr<Graph> record(void* room, F launch) {
    auto tape = std::make_unique<Graph>();
    Emulator system(room, tape.get());
    launch(system);
    return tape;
  }
  void replay(const Graph& graph) {
    for (const auto& kernel : graph) kernel();
  }

 private:
  static void copy(void* to, const void* from, std::size_t bytes) {
    if (bytes > 0) std::memcpy(to, from, bytes);
  }
};

}  // namespace cuda

/// The GPU backend's kernels, programs and recorded steps on the host, by Thrust without a GPU: for tests. Slow.
///
///     auto model = tn::compile<Net, tn::EmulatedCuda>(tn::Adam{}, tn::MeanSquaredError{});
template <class Policy>
struct EmulatedCudaWith {
  static_assert(detail::is_a_numeric_policy<Policy>, "Tenon: the argument of EmulatedCudaWith is a numeric policy: Float32 or MixedBfloat16");
  static constexpr bool is_backend = true;
  using Device = cuda::CudaDevice<cuda::EmulatedPlatform>;
  template <class T>
  using Array = cuda::DeviceArray<cuda::EmulatedPlatform, T>;
  template <class Source>
  using Executor = cuda::CudaExecutor<cuda::EmulatedPlatform, Policy, Source>;
};
using EmulatedCuda = EmulatedCudaWith<Float32>;

}  // namespace tenon
