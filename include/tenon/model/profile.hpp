// Where the time of a model goes: to be included by itself, as it is for developers only.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <string>
#include <vector>

#include <tenon/backend/cpu/cpu.hpp>
#include <tenon/backend/cpu/peak.hpp>
#include <tenon/core/aligned_array.hpp>
#include <tenon/core/random.hpp>
#include <tenon/model/describe.hpp>

namespace tenon {

/// What one step of a plan takes, and what it does in that time.
struct StepProfile {
  std::string operations;  ///< as tn::describe names them
  std::string layer;       ///< whose weights it reads, or whose gradients it computes: "dense_1"; else nothing
  std::string output;      ///< the shape of what it computes: "(B, 10)"
  double seconds = 0;      ///< median of all rounds
  double least = 0;        ///< the least of all rounds: without what else the machine did
  double flops = 0;        ///< floating-point operations of its products and convolutions, two for each multiply-add, those with zeros that are left out too
  double bytes = 0;        ///< of what it reads and writes
};

/// The steps of a plan with their times. `peak` is what the cores reach with numbers in registers, in operations a second.
struct Profile {
  std::vector<StepProfile> steps;
  double peak = 0;

  double seconds() const {
    double sum = 0;
    for (const StepProfile& s : steps) sum += s.seconds;
    return sum;
  }
  /// The table as text: microseconds, the least of them, and of the median the share, GFLOP/s, share of the peak, GB/s; layer, shape of the
  /// output and operations. One line for each step, then the sum.
  std::string text() const {
    std::string all = "      us    least  share  GFLOP/s  of peak    GB/s  step\n";
    StepProfile sum;
    int number = 0;
    for (const StepProfile& s : steps) {
      all += line(s, std::to_string(number++) + ": " + (s.layer.empty() ? "" : s.layer + " ") + s.output + ": " + s.operations);
      sum.seconds += s.seconds, sum.least += s.least, sum.flops += s.flops, sum.bytes += s.bytes;
    }
    return all + line(sum, "all steps");
  }

 private:
  std::string line(const StepProfile& s, const std::string& name) const {
    char text[96];
    const double rate = s.flops / s.seconds;
    std::snprintf(text, sizeof text, "%8.1f %8.1f %5.1f%% %8.1f %7.1f%% %7.1f  ", s.seconds * 1e6, s.least * 1e6, 100 * s.seconds / seconds(), rate * 1e-9, 100 * rate / peak, s.bytes / s.seconds * 1e-9);
    return text + name + "\n";
  }
};

namespace detail {

/// Multiply-adds of a product or convolution count two.
inline double flops_of(const Step& s, long batch) {
  const KernelKey& key = s.key;
  const KernelKind kind = kind_of(key[0]);
  const auto volume = [&](int first, int count) {
    double product = 1;
    for (int i = 0; i < count; ++i) product *= static_cast<double>(key[first + i]);
    return product;
  };
  double count = 2;
  if (kind == KernelKind::product) {
    for (int i = 0; i < 4; ++i) count *= static_cast<double>(s.extents[i].at(batch));
    return count;
  }
  const bool windows = kind == KernelKind::convolve || kind == KernelKind::convolve_input_gradient || kind == KernelKind::convolve_kernel_gradient ||
                       kind == KernelKind::pooled_convolve || kind == KernelKind::pooled_input_gradient || kind == KernelKind::pooled_kernel_gradient;
  if (!windows) return 0;
  const int at = kind == KernelKind::convolve_kernel_gradient || kind == KernelKind::pooled_convolve ? 2 : 1, rank = static_cast<int>(key[at]);
  return count * static_cast<double>(batch) * volume(at + 4 + rank, 2 * rank) * volume(at + 1, 2) / static_cast<double>(key[at + 3]);
}

/// What is profiled: a model on the backend that is named behind it (Cpu where none is), its prediction or training. Graph: as the backend plans it.
template <class Net, class... LossAndMetrics>
struct Profiled {
  using Backend = Cpu;
  using Source = typename SourceFor<Net, LossAndMetrics...>::type;
  using Graph = Source;
};
template <class Net, class Policy, class... LossAndMetrics>
struct Profiled<Net, CpuWith<Policy>, LossAndMetrics...> {
  using Backend = CpuWith<Policy>;
  using Source = typename SourceFor<Net, LossAndMetrics...>::type;
  using Graph = UnderPolicy<Source, Policy>;
};

template <class P>
Profile profile(std::vector<std::string> weights, long batch, int rounds) {
  using Clock = std::chrono::steady_clock;
  rounds = std::max(rounds, 1);
  const Explained e(Simplified<typename P::Graph>::graph.thaw(), std::move(weights));
  std::vector<AlignedArray<float>> memory;  // arguments, then results; labels and indices are zeros
  const auto room_for = [&](const Port& p) {
    memory.emplace_back(static_cast<std::size_t>(std::max(1L, e.graph.nodes[p.node].shape.elements(batch))));
    return memory.back().data();
  };
  std::vector<const void*> arguments;
  std::vector<void*> results;
  for (const Port& p : e.graph.arguments) {
    float* const values = room_for(p);
    Random random(1, static_cast<std::uint64_t>(p.node));
    if (!is_integer(e.graph.nodes[p.node].dtype))
      for (std::size_t i = 0; i < memory.back().size(); ++i) values[i] = 0.1f * (static_cast<float>(random() >> 8) * 0x1p-24f - 0.4f);
    arguments.push_back(values);
  }
  for (const Port& p : e.graph.results) results.push_back(room_for(p));

  const auto n = static_cast<std::size_t>(e.plan.steps.size());
  std::vector<std::vector<double>> times(n);
  typename P::Backend::template Executor<typename P::Source> executor;
  executor.reserve(batch);
  for (int round = -2; round < rounds; ++round) {  // the first two warm caches and threads up
    std::size_t step = 0;
    auto start = Clock::now();
    executor.run({arguments.data(), results.data(), batch, {1, static_cast<std::uint64_t>(round + 2)}}, [&] {
      const auto now = Clock::now();
      if (round >= 0) times[step].push_back(std::chrono::duration<double>(now - start).count());
      ++step;
      start = Clock::now();
    });
  }

  Profile p;
  p.peak = cpu::peak_flops<float>(num_threads());
  for (std::size_t s = 0; s < n; ++s) {
    std::nth_element(times[s].begin(), times[s].begin() + rounds / 2, times[s].end());
    const int at = static_cast<int>(s);
    StepProfile step{.operations = e.operations(at), .layer = e.layer(at), .output = e.output(at), .seconds = times[s][static_cast<std::size_t>(rounds) / 2],
                     .least = *std::min_element(times[s].begin(), times[s].end())};
    if (at < e.steps.size()) {
      const Step& from = e.steps[at];
      step.flops = flops_of(from, batch);
      for (const auto* views : {&from.in, &from.out})
        for (const View& v : *views) step.bytes += static_cast<double>(e.graph.nodes[v.base].shape.elements(batch) * bytes_of(e.graph.nodes[v.base].dtype));
    }
    p.steps.push_back(step);
  }
  return p;
}

}  // namespace detail

/// Measures each step of a plan on this machine, on made-up data: of a prediction, or, with a loss, of a training step's
/// gradients (without the optimizer's update). The backend is Cpu, or the CpuWith<Policy> that stands behind the model.
///
///     std::puts(tn::profile<Net, tn::SparseCategoricalCrossentropy>(32).text().c_str());
///     std::puts(tn::profile<Net, tn::CpuWith<tn::MixedBfloat16>>(32).text().c_str());
template <class Net, class... LossAndMetrics>
Profile profile(long batch, int rounds = 100) {
  return detail::profile<detail::Profiled<Net, LossAndMetrics...>>(detail::weight_names(detail::description_of<Net>()), batch, rounds);
}

}  // namespace tenon
