// Random numbers that are the same with every compiler, standard library and backend.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace tenon {

/// Philox4x32-10: four random words as a pure function of a counter and a key.
/// Salmon, Moraes, Dror, Shaw: "Parallel random numbers: as easy as 1, 2, 3", SC 2011; also the generator of
/// TensorFlow, PyTorch on GPUs and cuRAND. Equal counters and keys give equal words; any two different ones give unrelated words.
///
///     constexpr auto words = tn::philox({0, 0, 0, 0}, {0, 0});
///     static_assert(words[0] == 0x6627e8d5);
constexpr std::array<std::uint32_t, 4> philox(std::array<std::uint32_t, 4> counter, std::array<std::uint32_t, 2> key) {
  for (int round = 0; round < 10; ++round) {
    const std::uint64_t even = std::uint64_t{0xD2511F53} * counter[0];
    const std::uint64_t odd = std::uint64_t{0xCD9E8D57} * counter[2];
    counter = {static_cast<std::uint32_t>(odd >> 32) ^ counter[1] ^ key[0], static_cast<std::uint32_t>(odd),
               static_cast<std::uint32_t>(even >> 32) ^ counter[3] ^ key[1], static_cast<std::uint32_t>(even)};
    key = {key[0] + 0x9E3779B9, key[1] + 0xBB67AE85};
  }
  return counter;
}

/// A sequence of random words: Philox4x32-10 with the seed as its key, counting up from zero within a stream.
/// Streams of one seed (the epochs of a training run, say) do not overlap. A uniform random bit generator in the sense
/// of the standard library; but the standard's distributions and std::shuffle differ between implementations, so
/// `below`, `uniform` and `shuffled_indices` stand in for them.
///
///     tn::Random random(7);
///     const auto die = 1 + random.below(6);
class Random {
 public:
  using result_type = std::uint32_t;
  static constexpr result_type min() { return 0; }
  static constexpr result_type max() { return 0xFFFFFFFF; }

  constexpr explicit Random(std::uint64_t seed, std::uint64_t stream = 0) : seed_(seed), stream_(stream) {}

  /// The next 32 random bits.
  constexpr result_type operator()() {
    if (position_ % 4 == 0) words_ = philox(split(position_ / 4, stream_), {low(seed_), high(seed_)});
    return words_[position_++ % 4];
  }
  /// An integer of 0 … bound - 1, each equally likely. bound > 0.
  constexpr std::uint64_t below(std::uint64_t bound) {
    const std::uint64_t rest = (0 - bound) % bound;  // 2^64 mod bound: so many values are too many for equal shares
    for (;;) {
      const std::uint64_t first = (*this)();
      const std::uint64_t value = first << 32 | (*this)();
      if (value >= rest) return value % bound;
    }
  }
  /// A float of [0, 1): a multiple of 2^-24, each equally likely.
  constexpr float uniform() { return static_cast<float>((*this)() >> 8) * 0x1p-24f; }

 private:
  static constexpr std::uint32_t low(std::uint64_t value) { return static_cast<std::uint32_t>(value); }
  static constexpr std::uint32_t high(std::uint64_t value) { return static_cast<std::uint32_t>(value >> 32); }
  static constexpr std::array<std::uint32_t, 4> split(std::uint64_t position, std::uint64_t stream) {
    return {low(position), high(position), low(stream), high(stream)};
  }

  std::uint64_t seed_;
  std::uint64_t stream_;
  std::uint64_t position_ = 0;
  std::array<std::uint32_t, 4> words_{};
};

/// 0 … count - 1 in random order, each of the count! orders equally likely (Fisher and Yates's shuffle).
///
///     for (const std::size_t row : tn::shuffled_indices(60'000, tn::Random(seed, epoch))) …
inline std::vector<std::size_t> shuffled_indices(std::size_t count, Random random) {
  std::vector<std::size_t> indices(count);
  for (std::size_t i = 0; i < count; ++i) indices[i] = i;
  for (std::size_t i = count; i > 1; --i) std::swap(indices[i - 1], indices[random.below(i)]);
  return indices;
}

}  // namespace tenon
