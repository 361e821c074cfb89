// How a prediction is timed: calls one after the other on the same input, as in a loop that waits for each answer.
#pragma once

#include <tenon/tenon.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <memory>

namespace tn = tenon;

/// Seconds of a call: the median of seven times as many calls as take a twentieth of a second.
template <class Call>
double seconds_of(Call call) {
  using Clock = std::chrono::steady_clock;
  const auto repeat = [&](long calls) {
    const auto start = Clock::now();
    for (long i = 0; i < calls; ++i) call();
    return std::chrono::duration<double>(Clock::now() - start).count();
  };
  long calls = 8;
  while (repeat(calls) < 0.02) calls *= 2;
  calls = std::max(8L, static_cast<long>(static_cast<double>(calls) * 0.05 / repeat(calls)));
  std::array<double, 7> seconds;
  for (double& s : seconds) s = repeat(calls) / static_cast<double>(calls);
  std::sort(seconds.begin(), seconds.end());
  return seconds[3];
}

/// Times a call with one thread and with all (argv[1]); prints a line of JSON for each.
template <class Call>
void measure(const char* model, int batch, int argc, char** argv, Call call) {
  tn::set_num_threads(argc > 1 ? std::atoi(argv[1]) : 0);
  const int all = tn::num_threads();
  for (int threads = 1;; threads = all) {
    tn::set_num_threads(threads);
    std::printf("{\"measure\": \"inference\", \"library\": \"Tenon\", \"model\": \"%s\", \"batch\": %d, \"threads\": %d, \"seconds\": %.12f}\n", model, batch, threads, seconds_of(call));
    if (threads == all) return;
  }
}

/// One sample at a time, with tn::Inference.
template <class Net>
void measure_one(const char* model, int argc, char** argv) {
  constexpr long inputs = tn::detail::inputs_of<Net>.items[0].shape.elements();
  const auto predict = std::make_unique<tn::Inference<Net>>(tn::seed(1));
  std::array<float, static_cast<std::size_t>(inputs)> x;
  std::array<float, 10> y;
  tn::Random random(1);
  for (float& value : x) value = random.uniform();
  measure(model, 1, argc, argv, [&] {
    (*predict)(x, y);
    asm volatile("" : : "r"(y.data()) : "memory");  // so that no call is left out
  });
}

/// A batch at a time, with model.predict.
template <class Net, std::size_t Rank>
void measure_batch(const char* model, std::array<std::size_t, Rank> shape, int argc, char** argv) {
  tn::Predictor<Net> net;
  xt::xtensor<float, Rank> x(shape);
  tn::Random random(1);
  for (float& value : x) value = random.uniform();
  const int batch = static_cast<int>(shape[0]);
  measure(model, batch, argc, argv, [&] { net.predict(x, {.batch_size = batch}); });
}
