// What the machine can do at most, to compare kernels with.
#pragma once

#include <chrono>

#include <tenon/backend/cpu/lanes.hpp>
#include <tenon/core/threads.hpp>

namespace tenon::cpu::inline TENON_ISA {

/// Sums that do not wait for one another: enough to hide how long a multiply-add takes, and registers are left for what is added.
inline constexpr int peak_chains = vector_registers == 32 ? 24 : 12;

/// Multiply-adds on numbers in registers: 2 * peak_chains * lanes * rounds operations.
template <class T>
[[gnu::noinline]] T multiply_in_registers(long rounds) {
  Vector<T> sum[peak_chains];
  for (int i = 0; i < peak_chains; ++i) sum[i] = Vector<T>(static_cast<T>(i));
  const Vector<T> factor(T(0.999)), term(T(0.001));
  for (long r = 0; r < rounds; ++r)
#pragma GCC unroll 24
    for (int i = 0; i < peak_chains; ++i) sum[i] = multiply_add<T>(sum[i], factor, term);
  Vector<T> total(T(0));
  for (int i = 0; i < peak_chains; ++i) total = total + sum[i];
  return sum_of<T>(total);
}

/// Floating-point operations a second that so many threads reach together, measured for some milliseconds.
template <class T>
double peak_flops(int threads) {
  constexpr long rounds = 100000;
  double best = 0;
  for (int attempt = 0; attempt < 5; ++attempt) {
    T sums[64]{};
    const auto start = std::chrono::steady_clock::now();
    parallel_for(std::min(threads, 64), 1e9, [&](long t) { sums[t] = multiply_in_registers<T>(rounds); });
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    if (sums[0] == T(-1)) return 0;  // never: so that the sums are needed
    best = std::max(best, 2.0 * peak_chains * lanes<T> * rounds * std::min(threads, 64) / seconds);
  }
  return best;
}

}  // namespace tenon::cpu::inline TENON_ISA
