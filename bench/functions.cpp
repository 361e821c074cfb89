// The functions of networks, 4096 numbers at a time: Tenon's kernels, and loops over what xsimd has for the same. Part of bench_kernels,
// with one thread: xsimd's loops have no more.
//
//     TENON_NUM_THREADS=1 build/bench/bench/bench_kernels --benchmark_filter='tenon|xsimd'
#include <tenon/backend/cpu/kernels.hpp>
#include <tenon/core/aligned_array.hpp>
#include <tenon/core/random.hpp>

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cmath>
#include <vector>

namespace {

using namespace tenon;

/// Uniform between -4 and 4: both sides of what has two formulas.
AlignedArray<float> numbers(long count) {
  AlignedArray<float> x;
  x.resize(static_cast<std::size_t>(count));
  Random random(1);
  for (long i = 0; i < count; ++i) x.data()[i] = 8 * random.uniform() - 4;
  return x;
}
constexpr long count = 4096;

template <class Kernel>
void run(benchmark::State& state, const float* x, float* y, std::vector<long> extent, std::vector<long> stride = {}) {
  const void* in[] = {x};
  void* out[] = {y};
  for (auto _ : state) {
    CpuKernel<float, Kernel>::run({in, out, extent.data(), stride.data(), {}});
    benchmark::ClobberMemory();
  }
}

template <Op Function>
void tenon_function(benchmark::State& state) {
  const auto x = numbers(count);
  auto y = numbers(count);
  run<Map<1, Code<1, Instruction<Function, 0>>, Loads<Access::contiguous>, Stores<1>>>(state, x.data(), y.data(), {count}, {1, 1});
}
void tenon_gelu(benchmark::State& state) {
  const auto x = numbers(count);
  auto y = numbers(count);
  run<Map<1, Code<1, Instruction<Op::normal_cdf, 0>, Instruction<Op::mul, 0, 1>>, Loads<Access::contiguous>, Stores<2>>>(state, x.data(), y.data(), {count}, {1, 1});
}
template <int Rows, int N>
void tenon_softmax(benchmark::State& state) {
  const auto x = numbers(Rows * N);
  auto y = numbers(Rows * N);
  run<RowSoftmax<Op::softmax, N>>(state, x.data(), y.data(), {Rows});
}

BENCHMARK(tenon_function<Op::exp>);
BENCHMARK(tenon_function<Op::tanh>);
BENCHMARK(tenon_function<Op::sigmoid>);
BENCHMARK(tenon_function<Op::softplus>);
BENCHMARK(tenon_function<Op::erf>);
BENCHMARK(tenon_function<Op::erfc>);
BENCHMARK(tenon_function<Op::expm1>);
BENCHMARK(tenon_function<Op::log>);
BENCHMARK(tenon_gelu);
BENCHMARK(tenon_softmax<128, 10>);
BENCHMARK(tenon_softmax<100, 1000>);

#if defined(TENON_HAS_XSIMD)
using Batch = xsimd::batch<float>;
constexpr long size = static_cast<long>(Batch::size);

template <Batch (*Function)(Batch)>
void xsimd_function(benchmark::State& state) {
  const auto x = numbers(count);
  auto y = numbers(count);
  for (auto _ : state) {
    for (long i = 0; i < count; i += size) Function(Batch::load_unaligned(x.data() + i)).store_unaligned(y.data() + i);
    benchmark::ClobberMemory();
  }
}
Batch exp(Batch x) { return xsimd::exp(x); }
Batch tanh(Batch x) { return xsimd::tanh(x); }
Batch sigmoid(Batch x) { return Batch(1.f) / (Batch(1.f) + xsimd::exp(-x)); }
Batch softplus(Batch x) { return xsimd::max(x, Batch(0.f)) + xsimd::log1p(xsimd::exp(-xsimd::abs(x))); }
Batch erf(Batch x) { return xsimd::erf(x); }
Batch erfc(Batch x) { return xsimd::erfc(x); }
Batch expm1(Batch x) { return xsimd::expm1(x); }
Batch log(Batch x) { return xsimd::log(x); }
Batch gelu(Batch x) { return Batch(0.5f) * x * (Batch(1.f) + xsimd::erf(x * Batch(0.70710678f))); }

template <int Rows, int N>
void xsimd_softmax(benchmark::State& state) {
  const auto x = numbers(Rows * N);
  auto y = numbers(Rows * N);
  constexpr long whole = N / size * size;
  for (auto _ : state) {
    for (long row = 0; row < Rows; ++row) {
      const float* from = x.data() + row * N;
      float* to = y.data() + row * N;
      float lanes[static_cast<std::size_t>(size)], top = from[0], sum = 0;
      Batch tops(top), sums(0.f);
      for (long i = 0; i < whole; i += size) tops = xsimd::max(Batch::load_unaligned(from + i), tops);
      tops.store_unaligned(lanes);
      for (const float lane : lanes) top = std::max(lane, top);
      for (long i = whole; i < N; ++i) top = std::max(from[i], top);
      for (long i = 0; i < whole; i += size) {
        const Batch e = xsimd::exp(Batch::load_unaligned(from + i) - Batch(top));
        sums += e;
        e.store_unaligned(to + i);
      }
      sums.store_unaligned(lanes);
      for (const float lane : lanes) sum += lane;
      for (long i = whole; i < N; ++i) sum += to[i] = std::exp(from[i] - top);
      for (long i = 0; i < whole; i += size) (Batch::load_unaligned(to + i) * Batch(1 / sum)).store_unaligned(to + i);
      for (long i = whole; i < N; ++i) to[i] *= 1 / sum;
    }
    benchmark::ClobberMemory();
  }
}

BENCHMARK(xsimd_function<exp>);
BENCHMARK(xsimd_function<tanh>);
BENCHMARK(xsimd_function<sigmoid>);
BENCHMARK(xsimd_function<softplus>);
BENCHMARK(xsimd_function<erf>);
BENCHMARK(xsimd_function<erfc>);
BENCHMARK(xsimd_function<expm1>);
BENCHMARK(xsimd_function<log>);
BENCHMARK(xsimd_function<gelu>);
BENCHMARK(xsimd_softmax<128, 10>);
BENCHMARK(xsimd_softmax<100, 1000>);
#endif

}  // namespace
