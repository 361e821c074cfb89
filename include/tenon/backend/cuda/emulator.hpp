// The kernels of the GPU on the host: slow, and the same arithmetic.
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <functional>
#include <memory>
#include <tuple>
#include <utility>
#include <vector>

#include <thrust/execution_policy.h>
#include <thrust/for_each.h>
#include <thrust/iterator/counting_iterator.h>

#include <tenon/backend/cuda/group.hpp>
#include <tenon/backend/cuda/matmul_problem.hpp>
#include <tenon/core/bfloat16.hpp>
#include <tenon/core/noise.hpp>

namespace tenon::cuda {

/// A system of kernel.hpp that runs every body on the host by Thrust, one thread of the device after the other. So what the GPU computes is
/// checked on machines without one; what is not: how kernels are launched, and the GPU's libraries.
class Emulator {
 public:
  /// What was launched, with all arguments as they were: a step that is recorded.
  using Tape = std::vector<std::function<void()>>;

  /// With a tape, launches are written down there, and not done.
  explicit Emulator(void* room, Tape* tape = nullptr) : room_(room), tape_(tape) {}

  void set_noise(const Noise* noise) { noise_ = noise; }
  const Noise* noise() const { return noise_; }
  void* room(long) { return room_; }

  template <class Body>
  void each(long count, const Body& body) {
    launch([=] { thrust::for_each_n(thrust::host, thrust::counting_iterator<long>(0), count, body); });
  }
  template <class Body>
  void blocks(long count, const Body& body) {
    launch([=] {
      const auto shared = std::make_unique<typename Body::Shared>();
      thrust::for_each_n(thrust::host, thrust::counting_iterator<long>(0), count, [&](long block) {
        EmulatedGroup<typename Body::Thread, Body::threads> group;
        body(block, group, *shared);
      });
    });
  }
  void matmul(const MatmulProblem& p) {
    if (p.bfloat16) multiply<Bfloat16>(p);
    else multiply<float>(p);
  }
  void copy(void* to, const void* from, long bytes) {
    launch([=] { std::memcpy(to, from, static_cast<std::size_t>(bytes)); });
  }
  long sort_room(long) const { return 0; }
  /// Equal keys keep their order.
  void sort(const std::uint32_t* keys, std::uint32_t* sorted_keys, const std::uint32_t* values, std::uint32_t* sorted_values, long count, void*) {
    launch([=] {
      std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs;  // Thrust's own sort binds a null reference, which sanitizers refuse
      for (long i = 0; i < count; ++i) pairs.emplace_back(keys[i], values[i]);
      std::stable_sort(pairs.begin(), pairs.end(), [](const auto& x, const auto& y) { return x.first < y.first; });
      for (long i = 0; i < count; ++i) std::tie(sorted_keys[i], sorted_values[i]) = pairs[static_cast<std::size_t>(i)];
    });
  }

 private:
  /// One number of the product.
  template <class Number>
  void multiply(const MatmulProblem& p) {
    each(p.matrices * p.m * p.n, [p](long i) {
      const long column = i % p.n, row = i / p.n % p.m, matrix = i / (p.n * p.m);
      const auto *const left = static_cast<const Number*>(p.left) + matrix * p.m * p.k, *const right = static_cast<const Number*>(p.right) + matrix * p.k * p.n;
      float sum = p.bias != nullptr ? p.bias[column] : 0;
      for (long k = 0; k < p.k; ++k)
        sum += static_cast<float>(left[p.left_transposed ? k * p.m + row : row * p.k + k]) * static_cast<float>(right[p.right_transposed ? column * p.k + k : k * p.n + column]);
      p.out[i] = p.relu && sum < 0 ? 0 : sum;
    });
  }
  template <class F>
  void launch(F f) {
    if (tape_ != nullptr) tape_->push_back(std::move(f));
    else f();
  }

  const Noise* noise_ = nullptr;
  void* room_;
  Tape* tape_;
};

}  // namespace tenon::cuda
