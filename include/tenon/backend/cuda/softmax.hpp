// Softmax and its logarithm.
#pragma once

#include <cmath>

#include <tenon/backend/cuda/kernel.hpp>

namespace tenon::cuda {

/// y = exp(x - m) / sum(exp(x - m)), or x - m - log(sum(exp(x - m))), with m = max(x), along rows of N numbers: exp does not overflow.
/// Several threads share a row, as many as leave few of them without work. NaN may be lost on the way to m, but not on the way to the sum.
template <Op What, int N>
struct SoftmaxRows {
  static constexpr int threads = 128;
  static constexpr int lanes = N <= 8 ? 4 : N <= 64 ? 8 : N <= 512 ? 32 : threads, rows_at_once = threads / lanes;
  struct Shared {
    float found[threads];
  };
  struct Thread {
    float largest, sum;
  };
  const float* x;
  float* y;
  long rows;

  template <class Group>
  TENON_HOST_DEVICE void operator()(long block, Group& group, Shared& shared) const {
    const long first = block * rows_at_once;
    group.each([&](int thread, Thread&) {
      float largest = -__builtin_inff();
      each(thread, first, [&](long i) { largest = ::fmaxf(largest, x[i]); });
      shared.found[thread] = largest;
    });
    join(group, shared, [](float a, float b) { return ::fmaxf(a, b); });
    group.each([&](int thread, Thread& own) { own.largest = shared.found[thread / lanes * lanes]; });
    group.each([&](int thread, Thread& own) {
      float sum = 0;
      each(thread, first, [&](long i) { sum += ::expf(x[i] - own.largest); });
      shared.found[thread] = sum;
    });
    join(group, shared, [](float a, float b) { return a + b; });
    group.each([&](int thread, Thread& own) {
      own.sum = shared.found[thread / lanes * lanes];
      if constexpr (What == Op::softmax) each(thread, first, [&](long i) { y[i] = ::expf(x[i] - own.largest) / own.sum; });
      else each(thread, first, [&](long i) { y[i] = x[i] - own.largest - ::logf(own.sum); });
    });
  }

 private:
  /// The numbers of a thread's row that are its own.
  template <class F>
  TENON_HOST_DEVICE void each(int thread, long first, F f) const {
    const long row = first + thread / lanes;
    if (row >= rows) return;
    for (int c = thread % lanes; c < N; c += lanes) f(row * N + c);
  }
  template <class Group, class F>
  TENON_HOST_DEVICE static void join(Group& group, Shared& shared, F f) {
    for (int half = lanes / 2; half > 0; half /= 2)
      group.each([&](int thread, Thread&) {
        if (thread % lanes < half) shared.found[thread] = f(shared.found[thread], shared.found[thread + half]);
      });
  }
};

template <Op What, int N>
struct CudaKernel<RowSoftmax<What, N>> {
  template <class System>
  static void run(System& system, const KernelCall& call) {
    using Body = SoftmaxRows<What, N>;
    const long rows = call.extent[0];
    system.blocks((rows + Body::rows_at_once - 1) / Body::rows_at_once, Body{static_cast<const float*>(call.in[0]), static_cast<float*>(call.out[0]), rows});
  }
};

}  // namespace tenon::cuda
