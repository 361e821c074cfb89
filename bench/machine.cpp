// What this machine can do at most, to compare with: bench_machine [threads] [bytes ...]
//
// Prints a line of JSON: multiply-adds on numbers in registers, in floating-point operations a second, and for each number of bytes how
// fast the threads together read so many again and again, each its own part: the bandwidth of the level of memory where they fit.
#include <tenon/backend/cpu/peak.hpp>

#include <cstdio>
#include <cstdlib>
#include <vector>

namespace cpu = tenon::cpu;

namespace {

/// The sum of all numbers, so often.
float read_again(const float* x, long count, long times) {
  constexpr int chains = 8, lanes = cpu::lanes<float>;
  cpu::Vector<float> sum[chains];
  for (auto& s : sum) s = cpu::Vector<float>(0.0f);
  for (long t = 0; t < times; ++t) {
    for (long i = 0; i + chains * lanes <= count; i += chains * lanes)
#pragma GCC unroll 8
      for (int c = 0; c < chains; ++c) sum[c] = sum[c] + cpu::load(x + i + c * lanes);
    asm volatile("" : : "r"(x) : "memory");  // so that each time is read anew
  }
  for (int c = 1; c < chains; ++c) sum[0] = sum[0] + sum[c];
  return cpu::sum_of<float>(sum[0]);
}

/// Bytes a second, the best of five times.
double bandwidth(long bytes, int threads) {
  constexpr long group = 8 * cpu::lanes<float>;
  const long part = std::max(group, bytes / 4 / threads / group * group), times = std::max(2L, (64L << 20) / (part * 4));
  const std::vector<float> x(static_cast<std::size_t>(part * threads), 1.0f);
  double best = 0;
  for (int attempt = 0; attempt < 5; ++attempt) {
    std::vector<float> sums(static_cast<std::size_t>(threads));
    const auto start = std::chrono::steady_clock::now();
    tenon::parallel_for(threads, 1e9, [&](long t) { sums[static_cast<std::size_t>(t)] = read_again(x.data() + t * part, part, times); });
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    if (sums[0] < 0) return 0;  // never: so that the sums are needed
    best = std::max(best, 4.0 * static_cast<double>(part * threads) * static_cast<double>(times) / seconds);
  }
  return best;
}

}  // namespace

int main(int argc, char** argv) {
  tenon::set_num_threads(argc > 1 ? std::atoi(argv[1]) : 0);
  const int threads = tenon::num_threads();
  std::printf("{\"measure\": \"machine\", \"threads\": %d, \"flops\": %.0f, \"bandwidth\": {", threads, cpu::peak_flops<float>(threads));
  for (int i = 2; i < argc; ++i) std::printf("%s\"%s\": %.0f", i > 2 ? ", " : "", argv[i], bandwidth(std::atol(argv[i]), threads));
  std::puts("}}");
}
