// How a model's training is timed: through model.fit, as a user calls it.
#pragma once

#include <tenon/tenon.hpp>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <vector>

#include "../process_memory.hpp"

namespace tn = tenon;

/// One epoch of a model under test. bench/models.py has the same numbers.
struct Work {
  const char* model;
  int batch;
  int steps;  ///< batches of an epoch
  long training_bytes;  ///< what the library says that training needs, without the data
  long bytes_before = peak_memory();
  std::size_t samples() const { return static_cast<std::size_t>(batch) * static_cast<std::size_t>(steps); }
};

/// Numbers of [0, 1): what is learned does not matter here, only how long it takes.
template <std::size_t Rank>
xt::xtensor<float, Rank> random_tensor(std::array<std::size_t, Rank> shape) {
  xt::xtensor<float, Rank> x(shape);
  tn::Random random(1);
  for (float& value : x) value = random.uniform();
  return x;
}

/// Labels of ten classes.
inline xt::xtensor<int, 1> random_labels(std::size_t count) {
  xt::xtensor<int, 1> y(std::array<std::size_t, 1>{count});
  tn::Random random(2);
  for (int& label : y) label = static_cast<int>(random.below(10));
  return y;
}

/// Trains one epoch to warm up and three that are timed; prints their median in seconds of a step, and the memory, as a line of
/// JSON. argv[1]: the number of threads, all cores without it.
template <class Model, class X, class Y>
int measure(const Work& work, Model model, const X& x, const Y& y, int argc, char** argv) {
  tn::set_num_threads(argc > 1 ? std::atoi(argv[1]) : 0);
  std::vector<double> seconds;
  for (int epoch = 0; epoch < 4; ++epoch) {
    const auto start = std::chrono::steady_clock::now();
    model.fit(x, y, {.batch_size = work.batch, .epochs = 1, .verbose = 0, .seed = 1});
    const std::chrono::duration<double> time = std::chrono::steady_clock::now() - start;
    if (epoch > 0) seconds.push_back(time.count() / work.steps);
  }
  std::sort(seconds.begin(), seconds.end());
  std::printf("{\"measure\": \"training\", \"library\": \"Tenon\", \"model\": \"%s\", \"batch\": %d, \"threads\": %d, \"seconds\": %.9f, "
              "\"bytes_before\": %ld, \"bytes_peak\": %ld, \"bytes_data\": %zu, \"bytes_training\": %ld}\n",
              work.model, work.batch, tn::num_threads(), seconds[1], work.bytes_before, peak_memory(),
              x.size() * sizeof *x.data() + y.size() * sizeof *y.data(), work.training_bytes);
  return 0;
}
