// A GPU: its memory, its stream, and steps that are recorded as CUDA graphs.
#pragma once

#include <memory>
#include <string>

#include <tenon/backend/cuda/gpu.hpp>

namespace tenon::cuda {

/// Makes a device the current one of this thread for as long as it lives.
class UseDevice {
 public:
  explicit UseDevice(int index) {
    check(cudaGetDevice(&before_), "cudaGetDevice");
    if (before_ != index) check(cudaSetDevice(index), ("cudaSetDevice(" + std::to_string(index) + ")").c_str());
  }
  UseDevice(const UseDevice&) = delete;
  ~UseDevice() { static_cast<void>(cudaSetDevice(before_)); }

 private:
  int before_ = 0;
};

/// The GPU with this index. Each model has a stream of its own.
/// Tf32: products of float32 may round their operands (graph/numeric_policy.hpp).
template <int Index, bool Tf32>
class GpuPlatform {
 public:
  using System = GpuSystem;

  /// A recorded step.
  class Graph {
   public:
    Graph(const Graph&) = delete;
    explicit Graph(cudaGraph_t graph) {
      const cudaError_t error = cudaGraphInstantiate(&executable_, graph, 0);
      static_cast<void>(cudaGraphDestroy(graph));
      check(error, "cudaGraphInstantiate");
    }
    ~Graph() { static_cast<void>(cudaGraphExecDestroy(executable_)); }
    void launch(cudaStream_t stream) const { check(cudaGraphLaunch(executable_, stream), "cudaGraphLaunch"); }

   private:
    cudaGraphExec_t executable_ = nullptr;
  };

  /// A place in the stream that the host can wait for; none at first.
  class Mark {
   public:
    Mark() = default;
    Mark(const Mark&) = delete;
    ~Mark() {
      if (event_ != nullptr) static_cast<void>(cudaEventDestroy(event_));
    }
    void record(const GpuPlatform& platform) {
      const UseDevice use(Index);
      if (event_ == nullptr) check(cudaEventCreateWithFlags(&event_, cudaEventDisableTiming), "cudaEventCreateWithFlags");
      check(cudaEventRecord(event_, platform.stream_), "cudaEventRecord");
    }
    void wait() const {
      if (event_ != nullptr) check(cudaEventSynchronize(event_), "cudaEventSynchronize");
    }

   private:
    cudaEvent_t event_ = nullptr;
  };

  GpuPlatform() {
    const UseDevice use(Index);
    check(cudaStreamCreateWithFlags(&stream_, cudaStreamNonBlocking), "cudaStreamCreateWithFlags");
  }
  GpuPlatform(const GpuPlatform&) = delete;
  ~GpuPlatform() {
    static_cast<void>(cudaStreamSynchronize(stream_));
    static_cast<void>(cudaStreamDestroy(stream_));
  }

  static void* allocate(std::size_t bytes) {
    const UseDevice use(Index);
    void* p = nullptr;
    check(cudaMalloc(&p, bytes), ("cudaMalloc of " + std::to_string(bytes) + " bytes").c_str());
    if (const cudaError_t error = cudaMemset(p, 0, bytes); error != cudaSuccess) release(p), check(error, "cudaMemset");
    check(cudaDeviceSynchronize(), "cudaDeviceSynchronize");  // our streams do not wait for the one that cleared it
    return p;
  }
  static void release(void* p) noexcept {
    if (p != nullptr) static_cast<void>(cudaFree(p));
  }

  /// Page-locked memory of the host.
  static void* allocate_staging(std::size_t bytes) {
    const UseDevice use(Index);
    void* p = nullptr;
    check(cudaMallocHost(&p, bytes), ("cudaMallocHost of " + std::to_string(bytes) + " bytes").c_str());
    return p;
  }
  /// Waits for whatever still reads it.
  static void release_staging(void* p) noexcept {
    if (p == nullptr) return;
    int before = 0;
    static_cast<void>(cudaGetDevice(&before)), static_cast<void>(cudaSetDevice(Index));
    static_cast<void>(cudaDeviceSynchronize());
    static_cast<void>(cudaSetDevice(before));
    static_cast<void>(cudaFreeHost(p));
  }
  static std::size_t free_bytes() {
    const UseDevice use(Index);
    std::size_t free = 0, total = 0;
    check(cudaMemGetInfo(&free, &total), "cudaMemGetInfo");
    return free;
  }

  /// Whoever launches holds this.
  UseDevice use() const { return UseDevice(Index); }
  System system(void* room) { return GpuSystem(stream_, matmul_, Tf32, room); }
  void upload(void* to, const void* from, std::size_t bytes) { copy(to, from, bytes, cudaMemcpyHostToDevice); }
  void download(void* to, const void* from, std::size_t bytes) { copy(to, from, bytes, cudaMemcpyDeviceToHost); }
  void wait() { check(cudaStreamSynchronize(stream_), "waiting for the GPU"); }

  template <class F>
  std::unique_ptr<Graph> record(void* room, F launch) {
    GpuSystem system(stream_, matmul_, Tf32, room);
    cudaGraph_t graph = nullptr;
    check(cudaStreamBeginCapture(stream_, cudaStreamCaptureModeThreadLocal), "cudaStreamBeginCapture");
    try {
      launch(system);
    } catch (...) {
      static_cast<void>(cudaStreamEndCapture(stream_, &graph));
      if (graph != nullptr) static_cast<void>(cudaGraphDestroy(graph));
      throw;
    }
    check(cudaStreamEndCapture(stream_, &graph), "cudaStreamEndCapture");
    return std::make_unique<Graph>(graph);
  }
  void replay(const Graph& graph) { graph.launch(stream_); }

 private:
  void copy(void* to, const void* from, std::size_t bytes, cudaMemcpyKind kind) {
    if (bytes > 0) check(cudaMemcpyAsync(to, from, bytes, kind, stream_), "cudaMemcpyAsync");
    wait();
  }

  cudaStream_t stream_ = nullptr;
  Matmul matmul_;
};

}  // namespace tenon::cuda
