// The threads of a block, as a body sees them.
#pragma once

#include <tenon/backend/cuda/annotations.hpp>

namespace tenon::cuda {

/// A block of threads. Between two calls of `each` they wait for each other, so that one call sees what another has written to the
/// block's shared memory. What a thread keeps in its registers from one call to the next is its `Thread`.
///
///     group.each([&](int thread, Thread& own) { … });
template <class Thread>
class DeviceGroup {
 public:
  template <class F>
  TENON_HOST_DEVICE void each([[maybe_unused]] F f) {
#if defined(__CUDA_ARCH__)
    f(static_cast<int>(threadIdx.x), own_);
    __syncthreads();
#endif
  }

 private:
  Thread own_{};
};

/// The same on the host: one thread after the other.
template <class Thread, int Threads>
class EmulatedGroup {
 public:
  template <class F>
  void each(F f) {
    for (int thread = 0; thread < Threads; ++thread) f(thread, own_[thread]);
  }

 private:
  Thread own_[Threads]{};
};

}  // namespace tenon::cuda
