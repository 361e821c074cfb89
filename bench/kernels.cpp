// Each kernel of the CPU by itself: operations a second, and their share of what the cores reach with numbers in registers.
//
//     cmake --preset bench -DTENON_BENCH_KERNELS=ON && cmake --build build/bench --target bench_kernels
//     TENON_NUM_THREADS=1 build/bench/bench/bench_kernels --benchmark_filter=product
#include <tenon/backend/cpu/kernels.hpp>
#include <tenon/backend/cpu/peak.hpp>
#include <tenon/core/aligned_array.hpp>
#include <tenon/core/random.hpp>

#include <benchmark/benchmark.h>

#include <chrono>
#include <vector>

namespace {

using namespace tenon;

double peak() {
  static const double flops = cpu::peak_flops<float>(num_threads());
  return flops;
}

template <class T = float>
AlignedArray<T> numbers(long count) {
  AlignedArray<T> x;
  x.resize(static_cast<std::size_t>(count));
  Random random(1);
  for (long i = 0; i < count; ++i) x.data()[i] = T(random.uniform() - 0.5f);
  return x;
}

/// Runs a kernel that needs so many floating-point operations; 0: they are not counted.
template <class Kernel>
void run(benchmark::State& state, double flops, std::vector<const void*> in, std::vector<void*> out, std::vector<long> extent, std::vector<long> stride = {}) {
  const auto start = std::chrono::steady_clock::now();
  for (auto _ : state) {
    CpuKernel<float, Kernel>::run({in.data(), out.data(), extent.data(), stride.data(), {}});
    benchmark::ClobberMemory();
  }
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
  const double rate = flops * static_cast<double>(state.iterations()) / seconds.count();
  if (flops > 0) state.counters["FLOP/s"] = rate, state.counters["percent_of_peak"] = 100 * rate / peak();
}

/// (M, K) · (K, N), all extents known but M, which is the batch in a model.
template <int M, int K, int N, DType Operands = DType::float32>
void product(benchmark::State& state) {
  const auto a = numbers<cpu::operand_of<float, Operands>>(M * K), b = numbers<cpu::operand_of<float, Operands>>(K * N);
  auto y = numbers(M * N);
  run<Product<Transposed::none, -1, N, K, NoEpilogue, false, Operands>>(state, 2.0 * M * K * N, {a.data(), b.data()}, {y.data()}, {1, M, N, K});
}

/// A 3 x 3 convolution of images of Size x Size, which leaves Result x Result.
template <int Size, int Channels, int Filters, int Result>
struct Convolution {
  using Shape = Geometry<Ints<Size, Size>, Channels, Ints<Result, Result>, Filters, Ints<3, 3>, Ints<1, 1>, Ints<0, 0>, Ints<1, 1>, 1>;
  static constexpr int batch = 32, image = batch * Size * Size * Channels, result = batch * Result * Result * Filters, kernel = 9 * Channels * Filters;
  static constexpr double flops = 2.0 * result * 9 * Channels;
  AlignedArray<float> x = numbers(image), k = numbers(kernel), y = numbers(result);
};
using First = Convolution<28, 1, 32, 26>;
using Second = Convolution<13, 32, 64, 11>;
using SecondPooled = Convolution<13, 32, 64, 10>;  // windows of 2 x 2 cover 10 rows of 11

template <class C>
void convolve(benchmark::State& state) {
  C c;
  run<Convolve<typename C::Shape, NoEpilogue>>(state, C::flops, {c.x.data(), c.k.data()}, {c.y.data()}, {C::batch});
}
template <class C>
void convolve_input_gradient(benchmark::State& state) {
  C c;
  run<ConvolveInputGradient<typename C::Shape, NoEpilogue>>(state, C::flops, {c.y.data(), c.k.data()}, {c.x.data()}, {C::batch});
}
template <class C>
void convolve_kernel_gradient(benchmark::State& state) {
  C c;
  run<ConvolveKernelGradient<typename C::Shape, false>>(state, C::flops, {c.x.data(), c.y.data()}, {c.k.data()}, {C::batch});
}

/// With a pool behind it. The gradients' operations are counted as if the pool were not there: what is zero is left out, so they may exceed the peak.
template <class C>
struct Pooled : C {
  AlignedArray<std::int8_t> index;
  Pooled() {
    index.resize(static_cast<std::size_t>(C::result / 4));
    const void* in[] = {this->x.data(), this->k.data()};
    void* out[] = {this->y.data(), index.data()};
    const long extent[] = {C::batch};
    CpuKernel<float, PooledConvolve<typename C::Shape, NoEpilogue, true>>::run({in, out, extent, nullptr, {}});
  }
};
template <class C>
void pooled_convolve(benchmark::State& state) {
  Pooled<C> c;
  run<PooledConvolve<typename C::Shape, NoEpilogue, true>>(state, C::flops, {c.x.data(), c.k.data()}, {c.y.data(), c.index.data()}, {C::batch});
}
template <class C>
void pooled_input_gradient(benchmark::State& state) {
  Pooled<C> c;
  run<PooledInputGradient<typename C::Shape, NoEpilogue>>(state, C::flops, {c.y.data(), c.k.data(), c.index.data()}, {c.x.data()}, {C::batch});
}
template <class C>
void pooled_kernel_gradient(benchmark::State& state) {
  Pooled<C> c;
  run<PooledKernelGradient<typename C::Shape>>(state, C::flops, {c.x.data(), c.y.data(), c.index.data()}, {c.k.data()}, {C::batch});
}

BENCHMARK(product<128, 128, 128>)->UseRealTime();
BENCHMARK(product<256, 256, 256>)->UseRealTime();
BENCHMARK(product<512, 512, 512>)->UseRealTime();
BENCHMARK(product<1024, 1024, 1024>)->UseRealTime();
BENCHMARK(product<128, 784, 512>)->UseRealTime();
BENCHMARK(product<32, 784, 512>)->UseRealTime();
BENCHMARK(product<8, 784, 512>)->UseRealTime();
BENCHMARK(product<1, 784, 512>)->UseRealTime();
BENCHMARK(product<17, 100, 33>)->UseRealTime();
BENCHMARK(product<128, 784, 512, DType::bfloat16>)->UseRealTime();  // of the peak of floats
BENCHMARK(product<32, 784, 512, DType::bfloat16>)->UseRealTime();
BENCHMARK(product<8, 784, 512, DType::bfloat16>)->UseRealTime();
BENCHMARK(product<1, 784, 512, DType::bfloat16>)->UseRealTime();
BENCHMARK(convolve<First>)->UseRealTime();
BENCHMARK(convolve<Second>)->UseRealTime();
BENCHMARK(convolve_input_gradient<First>)->UseRealTime();
BENCHMARK(convolve_input_gradient<Second>)->UseRealTime();
BENCHMARK(convolve_kernel_gradient<First>)->UseRealTime();
BENCHMARK(convolve_kernel_gradient<Second>)->UseRealTime();
BENCHMARK(pooled_convolve<First>)->UseRealTime();
BENCHMARK(pooled_convolve<SecondPooled>)->UseRealTime();
BENCHMARK(pooled_input_gradient<SecondPooled>)->UseRealTime();
BENCHMARK(pooled_kernel_gradient<First>)->UseRealTime();
BENCHMARK(pooled_kernel_gradient<SecondPooled>)->UseRealTime();

}  // namespace

BENCHMARK_MAIN();
