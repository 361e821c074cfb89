#include <tenon/activations/relu.hpp>
#include <tenon/activations/softmax.hpp>
#include <tenon/layers/conv.hpp>
#include <tenon/layers/dense.hpp>
#include <tenon/layers/dropout.hpp>
#include <tenon/layers/flatten.hpp>
#include <tenon/layers/max_pooling.hpp>
#include <tenon/losses/sparse_categorical_crossentropy.hpp>
#include <tenon/metrics/accuracy.hpp>
#include <tenon/model/compile.hpp>
#include <tenon/model/inference.hpp>
#include <tenon/optimizers/adam.hpp>

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <memory>
#include <new>
#include <thread>
#include <vector>

#include "../support/catch.hpp"

namespace tn = tenon;

namespace {
std::atomic<long> allocations{0};
}

// The address sanitizer has functions of its own, and nothing is counted.
#if defined(__SANITIZE_ADDRESS__)
#define TENON_TEST_COUNTS 0
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define TENON_TEST_COUNTS 0
#endif
#endif
#ifndef TENON_TEST_COUNTS
#define TENON_TEST_COUNTS 1
#endif

#if TENON_TEST_COUNTS && defined(__GLIBC__)
// Everything that takes memory: operator new, and what the kernels ask for, end in one of these.
extern "C" {
void* __libc_malloc(std::size_t size);
void* __libc_calloc(std::size_t count, std::size_t size);
void* __libc_realloc(void* p, std::size_t size);
void* __libc_memalign(std::size_t alignment, std::size_t size);

void* malloc(std::size_t size) noexcept { return ++allocations, __libc_malloc(size); }
void* calloc(std::size_t count, std::size_t size) noexcept { return ++allocations, __libc_calloc(count, size); }
void* realloc(void* p, std::size_t size) noexcept { return ++allocations, __libc_realloc(p, size); }
void* aligned_alloc(std::size_t alignment, std::size_t size) noexcept { return ++allocations, __libc_memalign(alignment, size); }
int posix_memalign(void** p, std::size_t alignment, std::size_t size) noexcept { return (*p = aligned_alloc(alignment, size)) == nullptr; }
}
#elif TENON_TEST_COUNTS
namespace {
void* allocate(std::size_t size, std::size_t alignment) {
  ++allocations;
  void* const p = std::aligned_alloc(alignment, (size + alignment - 1) / alignment * alignment);
  if (p == nullptr) throw std::bad_alloc();
  return p;
}
}  // namespace
// Not inline: g++ would see memory of operator new in the hands of free.
[[gnu::noinline]] void* operator new(std::size_t size) { return allocate(size, alignof(std::max_align_t)); }
[[gnu::noinline]] void* operator new(std::size_t size, std::align_val_t alignment) { return allocate(size, static_cast<std::size_t>(alignment)); }
[[gnu::noinline]] void operator delete(void* p) noexcept { std::free(p); }
[[gnu::noinline]] void operator delete(void* p, std::size_t) noexcept { std::free(p); }
[[gnu::noinline]] void operator delete(void* p, std::align_val_t) noexcept { std::free(p); }
[[gnu::noinline]] void operator delete(void* p, std::size_t, std::align_val_t) noexcept { std::free(p); }
#endif

namespace {

struct Net : tn::Sequential<tn::Input<6, 6, 1>, tn::Conv2D<4, tn::Kernel<3, 3>, tn::ReLU>, tn::MaxPooling2D<2, 2>, tn::Flatten, tn::Dropout<0.5>,
                            tn::Dense<3, tn::Softmax>> {};

template <class Call>
long allocations_of(Call&& call) {
  const long before = allocations;
  call();
  return allocations - before;
}

}  // namespace

TEST_CASE("steps and predictions allocate nothing after the first call", "[model][allocation]") {
  auto model = tn::compile<Net>(tn::Adam{}, tn::SparseCategoricalCrossentropy{}, tn::Accuracy{});
  const xt::xtensor<float, 4> x = xt::ones<float>({8, 6, 6, 1});
  const xt::xtensor<double, 4> wide = x;
  const xt::xtensor<int, 1> y{0, 1, 2, 0, 1, 2, 0, 1};
  const xt::xtensor<float, 1> weights = xt::ones<float>({8});

  CHECK((allocations_of([&] { model.train_on_batch(x, y); }) > 0) == TENON_TEST_COUNTS);
  CHECK(allocations_of([&] { model.train_on_batch(x, y); }) == 0);
  model.train_on_batch(wide, y, weights);
  CHECK(allocations_of([&] { model.train_on_batch(wide, y, weights); }) == 0);
  model.test_on_batch(x, y);
  CHECK(allocations_of([&] { model.test_on_batch(x, y); }) == 0);
  model.predict(x);
  CHECK(allocations_of([&] { model.predict(x); }) <= 1);  // what it returns, unless xtensor's allocator goes past operator new
  model.predict_on_batch(wide);
  CHECK(allocations_of([&] { model.predict_on_batch(wide); }) <= 1);
}

TEST_CASE("Inference is one object without heap memory and without exceptions", "[model][inference]") {
  auto model = tn::compile<Net>(tn::Adam{}, tn::SparseCategoricalCrossentropy{}, tn::Accuracy{});
  xt::xtensor<float, 4> x = xt::ones<float>({1, 6, 6, 1});
  x(0, 2, 2, 0) = 3;
  tn::Inference<Net> inference{model};
  std::array<float, 36> frame;
  std::copy(x.begin(), x.end(), frame.begin());
  std::array<float, 3> out{};
  static_assert(noexcept(inference(frame, out)));
  inference(frame, out);
  CHECK(allocations_of([&] { inference(frame, out); }) == 0);
  const auto expected = model.predict(x);
  for (std::size_t i = 0; i < 3; ++i) CHECK(out[i] == Approx(expected(0, i)).epsilon(1e-6));

  float more[3]{};
  inference(std::span<const float, 36>(frame), more);
  inference(frame.data(), std::span<float, 3>(more));
  CHECK(std::equal(out.begin(), out.end(), more));

  tn::Inference<Net> fresh{tn::seed(0)};  // the seed a compiled model starts with
  fresh(frame, more);
  CHECK(std::equal(out.begin(), out.end(), more));
  static_assert(sizeof(fresh) >= tn::inference_bytes<Net> && sizeof(fresh) <= tn::inference_bytes<Net> + 192);
}

TEST_CASE("a thread that calls Inference takes memory in its first call at most", "[model][inference]") {
  tn::Inference<Net> inference{tn::seed(0)};
  const std::array<float, 36> frame{};
  std::array<float, 3> out{};
  long later = -1;
  std::thread([&] {
    inference(frame, out);
    later = allocations_of([&] { for (int i = 0; i < 10; ++i) inference(frame, out); });
  }).join();
  CHECK(later == 0);
}

TEST_CASE("threads with an Inference each do not disturb each other", "[model][inference]") {
  const tn::Inference<Net> prototype{tn::seed(0)};
  constexpr int threads = 4, rounds = 200;
  std::array<std::array<float, 3>, threads> expected{};
  std::array<int, threads> wrong{};
  const auto frame_of = [](int t) {
    std::array<float, 36> frame{};
    for (std::size_t i = 0; i < frame.size(); ++i) frame[i] = static_cast<float>(t + 1) * static_cast<float>(i % 7) - 3;
    return frame;
  };
  for (int t = 0; t < threads; ++t) {
    tn::Inference<Net> inference = prototype;
    inference(frame_of(t), expected[static_cast<std::size_t>(t)]);
  }
  std::vector<std::thread> all;
  for (int t = 0; t < threads; ++t)
    all.emplace_back([&, t, inference = prototype]() mutable {
      std::array<float, 3> out{};
      for (int round = 0; round < rounds; ++round) {
        inference(frame_of(t), out);
        wrong[static_cast<std::size_t>(t)] += out != expected[static_cast<std::size_t>(t)];
      }
    });
  for (std::thread& thread : all) thread.join();
  CHECK(wrong == std::array<int, threads>{});
}

struct Large : tn::Sequential<tn::Input<37, 21, 1>, tn::Conv2D<16, tn::Kernel<3, 3>, tn::ReLU>, tn::Conv2D<40, tn::Kernel<3, 3>, tn::ReLU>, tn::MaxPooling2D<2, 2>, tn::Flatten,
                              tn::Dense<300, tn::ReLU>, tn::Dense<3>> {};

TEST_CASE("nor do the threads that help with a call, whenever they get to", "[model][inference]") {
  tn::set_num_threads(2);
  const auto inference = std::make_unique<tn::Inference<Large>>(tn::seed(0));
  const std::array<float, 777> frame{};
  std::array<float, 3> out{};
  (*inference)(frame, out);
  CHECK(allocations_of([&] {
          for (int i = 0; i < 2000; ++i) {
            if (i % 100 == 0) std::this_thread::sleep_for(std::chrono::milliseconds(1));
            (*inference)(frame, out);
          }
        }) == 0);
  tn::set_num_threads(0);
}
