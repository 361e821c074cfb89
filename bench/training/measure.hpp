// How a model's training is timed: through model.fit, as a user calls it.
#pragma once

#include <tenon/tenon.hpp>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <vector>

namespace tn = tenon;

/// One epoch of a model under test. keras_training.py has the same numbers.
struct Work {
  const char* model;
  int batch;
  int steps;  ///< batches of an epoch
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

/// Trains one epoch to warm up and five that are timed; prints the median and the fastest, in milliseconds of a step, as a
/// line of JSON. argv[1]: the number of threads, all cores without it.
template <class Model, class X, class Y>
int measure(const Work& work, Model model, const X& x, const Y& y, int argc, char** argv) {
  tn::set_num_threads(argc > 1 ? std::atoi(argv[1]) : 0);
  std::vector<double> ms;
  for (int epoch = 0; epoch < 6; ++epoch) {
    const auto start = std::chrono::steady_clock::now();
    model.fit(x, y, {.batch_size = work.batch, .epochs = 1, .verbose = 0, .seed = 1});
    const std::chrono::duration<double, std::milli> time = std::chrono::steady_clock::now() - start;
    if (epoch > 0) ms.push_back(time.count() / work.steps);
  }
  std::sort(ms.begin(), ms.end());
  std::printf("{\"library\": \"Tenon\", \"model\": \"%s\", \"batch\": %d, \"threads\": %d, \"ms\": %.5f, \"best\": %.5f}\n",
              work.model, work.batch, tn::num_threads(), ms[2], ms[0]);
  return 0;
}
