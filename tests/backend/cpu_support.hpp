// What the tests of the CPU kernels share: numbers, calls, comparisons.
#pragma once

#include <tenon/backend/cpu/kernels.hpp>
#include <tenon/backend/cpu/window.hpp>

#include <cmath>
#include <cstring>
#include <random>
#include <vector>

#include "../support/catch.hpp"
#if defined(TENON_TEST_EMULATOR)
#include "emulated_kernel.hpp"
#endif

namespace cpu_test {

using namespace tenon;

inline std::mt19937& generator() {
  static std::mt19937 g(7);
  return g;
}
inline int number(int low, int high) { return std::uniform_int_distribution<int>(low, high)(generator()); }

template <class T>
std::vector<T> random(long count) {
  std::vector<T> v(static_cast<std::size_t>(count));
  for (T& x : v) x = static_cast<T>(std::uniform_real_distribution<double>(-1, 1)(generator()));
  return v;
}
/// Numbers as operands of a kernel.
template <class Operand, class T>
std::vector<Operand> operands(const std::vector<T>& from) {
  std::vector<Operand> to;
  for (const T x : from) to.push_back(static_cast<Operand>(x));
  return to;
}
template <class T>
const T& at(const std::vector<T>& v, long i) {
  return v[static_cast<std::size_t>(i)];
}
template <class T>
T& at(std::vector<T>& v, long i) {
  return v[static_cast<std::size_t>(i)];
}

/// Runs a kernel. Every array is copied to the end of a buffer of its own size, so that a sanitizer sees a step too far, and the
/// outputs are given guards on both sides.
template <class T, class Kernel>
void run(std::vector<const void*> in, std::vector<void*> out, std::vector<long> extent, std::vector<long> stride = {}, Noise noise = {}) {
  const KernelCall call{in.data(), out.data(), extent.data(), stride.data(), noise};
#if defined(TENON_TEST_EMULATOR)  // the same tests hold the kernels of the GPU, which know only floats
  if constexpr (std::is_same_v<T, float>) return support::run_emulated<Kernel>(call);
#endif
  CpuKernel<T, Kernel>::run(call);
}

/// An output between two guards that nothing may write to.
template <class T>
class Output {
 public:
  explicit Output(long count) : data_(static_cast<std::size_t>(count) + 2 * guard, T(-77)) {}
  operator void*() { return data_.data() + guard; }
  const T& operator[](long i) const { return data_[static_cast<std::size_t>(i) + guard]; }
  bool guarded() const {
    for (std::size_t i = 0; i < guard; ++i)
      if (data_[i] != T(-77) || data_[data_.size() - 1 - i] != T(-77)) return false;
    return true;
  }
  std::vector<T> values() const { return {data_.begin() + guard, data_.end() - guard}; }

 private:
  static constexpr long guard = 64;
  std::vector<T> data_;
};

/// The largest difference, relative to max(1, |expected|); infinite where one is NaN and the other is not, or outside of the guards.
template <class T>
double difference(const Output<T>& y, const std::vector<double>& expected) {
  if (!y.guarded()) return INFINITY;
  double worst = 0;
  for (std::size_t i = 0; i < expected.size(); ++i) {
    const double a = static_cast<double>(y[static_cast<long>(i)]), b = expected[i];
    if (std::isnan(a) != std::isnan(b)) return INFINITY;
    if (std::isnan(a) || a == b) continue;
    worst = std::max(worst, std::abs(a - b) / std::max(1.0, std::abs(b)));
  }
  return worst;
}

/// What rounding may do to a sum of `terms` products of numbers of size 1.
template <class T>
double rounding(double terms) {
  return std::numeric_limits<T>::epsilon() * (4 + 2 * terms);
}

/// Calls f(x, k, y) with the offsets of every product of a convolution.
template <class F>
void each_product(const cpu::Windows& w, long batch, F f) {
  const auto &a = w.axis[0], &b = w.axis[1], &c = w.axis[2];
  const long gc = w.channels / w.groups, gf = w.filters / w.groups;
  for (long n = 0; n < batch; ++n)
    for (long i = 0; i < a.result; ++i)
      for (long j = 0; j < b.result; ++j)
        for (long l = 0; l < c.result; ++l)
          for (long p = 0; p < a.size; ++p)
            for (long q = 0; q < b.size; ++q)
              for (long r = 0; r < c.size; ++r) {
                const long z = i * a.stride - a.low + p * a.dilation, y = j * b.stride - b.low + q * b.dilation, x = l * c.stride - c.low + r * c.dilation;
                if (z < 0 || z >= a.image || y < 0 || y >= b.image || x < 0 || x >= c.image) continue;
                const long tap = (p * b.size + q) * c.size + r, to = ((n * a.result + i) * b.result + j) * c.result + l;
                const long from = ((n * a.image + z) * b.image + y) * c.image + x;
                for (long o = 0; o < w.filters; ++o)
                  for (long e = 0; e < gc; ++e) f(from * w.channels + o / gf * gc + e, (tap * gc + e) * w.filters + o, to * w.filters + o);
              }
}

template <class T>
bool same_bits(const std::vector<T>& a, const std::vector<T>& b) {
  return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size() * sizeof(T)) == 0;
}

}  // namespace cpu_test
