// The GPU as a system and as a platform; needs a compiler for CUDA.
#pragma once

#if !defined(__CUDACC__)
#error "tenon/cuda.hpp is for files that are compiled as CUDA: name the file .cu, or take another backend"
#endif

#include <algorithm>
#include <cstdint>
#include <memory>

#include <cub/device/device_radix_sort.cuh>

#include <tenon/backend/cuda/error.hpp>
#include <tenon/backend/cuda/group.hpp>
#include <tenon/backend/cuda/matmul.hpp>
#include <tenon/core/noise.hpp>

namespace tenon::cuda {

template <class Body>
__global__ void __launch_bounds__(256) run_each(long count, const __grid_constant__ Body body) {
  for (long i = blockIdx.x * static_cast<long>(blockDim.x) + threadIdx.x; i < count; i += static_cast<long>(gridDim.x) * blockDim.x) body(i);
}
template <class Body>
__global__ void __launch_bounds__(Body::threads) run_blocks(const __grid_constant__ Body body) {
  __shared__ typename Body::Shared shared;
  DeviceGroup<typename Body::Thread> group;
  body(static_cast<long>(blockIdx.x), group, shared);
}

/// Launches kernels on a stream; nothing waits.
class GpuSystem {
 public:
  GpuSystem(cudaStream_t stream, Matmul& matmul, bool tf32, void* room) : stream_(stream), matmul_(&matmul), tf32_(tf32), room_(room) {}

  void set_noise(const Noise* noise) { noise_ = noise; }
  const Noise* noise() const { return noise_; }
  void* room(long) { return room_; }

  template <class Body>
  void each(long count, const Body& body) {
    constexpr long threads = 256, most_blocks = 1 << 20;
    if (count <= 0) return;
    run_each<<<static_cast<unsigned>(std::min((count + threads - 1) / threads, most_blocks)), threads, 0, stream_>>>(count, body);
    check(cudaPeekAtLastError(), "launching a kernel");
  }
  template <class Body>
  void blocks(long count, const Body& body) {
    if (count <= 0) return;
    if (count > 0x7fffffffL) throw CudaError("a result is too large for one kernel: " + std::to_string(count) + " blocks, at most 2147483647");
    run_blocks<<<static_cast<unsigned>(count), Body::threads, 0, stream_>>>(body);
    check(cudaPeekAtLastError(), "launching a kernel");
  }
  /// Copies between the device and page-locked memory of the host.
  void copy(void* to, const void* from, long bytes) { check(cudaMemcpyAsync(to, from, static_cast<std::size_t>(bytes), cudaMemcpyDefault, stream_), "cudaMemcpyAsync"); }
  long sort_room(long count) const { return sort(nullptr, nullptr, nullptr, nullptr, count, nullptr, 0); }
  /// Equal keys keep their order.
  void sort(const std::uint32_t* keys, std::uint32_t* sorted_keys, const std::uint32_t* values, std::uint32_t* sorted_values, long count, void* room) {
    sort(keys, sorted_keys, values, sorted_values, count, room, sort_room(count));
  }
  void matmul(const MatmulProblem& problem) { matmul_->run(problem, tf32_, stream_); }

 private:
  long sort(const std::uint32_t* keys, std::uint32_t* sorted_keys, const std::uint32_t* values, std::uint32_t* sorted_values, long count, void* room, long given) const {
    auto bytes = static_cast<std::size_t>(given);
    check(cub::DeviceRadixSort::SortPairs(room, bytes, keys, sorted_keys, values, sorted_values, count, 0, 32, stream_), "cub::DeviceRadixSort::SortPairs");
    return static_cast<long>(bytes);
  }

  cudaStream_t stream_;
  Matmul* matmul_;
  bool tf32_;
  const Noise* noise_ = nullptr;
  void* room_;
};

}  // namespace tenon::cuda
