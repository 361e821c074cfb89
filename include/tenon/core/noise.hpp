// Random numbers of a graph: a function of where and when, the same on every backend.
#pragma once

#include <cstdint>

namespace tenon {

/// What the random numbers of one step depend on. A position's number does not depend on the order of evaluation, on the
/// number of threads or on the backend.
struct Noise {
  std::uint64_t seed = 0;
  std::uint64_t step = 0;

  /// The key of one random node of the graph.
  constexpr std::uint32_t key(int node) const {
    std::uint64_t z = seed * 0x9E3779B97F4A7C15u + step * 0xD1B54A32D192ED03u + static_cast<std::uint64_t>(node) * 0x8CB92BA72F3D8DD7u;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;  // splitmix64's finalizer
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return static_cast<std::uint32_t>(z ^ (z >> 31));
  }
};

/// 32 random bits for a position: a two-round multiply-xorshift hash (constants of "lowbias32" by Chris Wellons). The key enters twice,
/// so that two keys are not two places in one sequence.
constexpr std::uint32_t random_bits(std::uint32_t position, std::uint32_t key) {
  std::uint32_t h = position * 0x9E3779B1u + key;
  h = (h ^ (h >> 16)) * 0x7FEB352Du;
  h = (h ^ (h >> 15) ^ (key * 0x85EBCA6Bu)) * 0x846CA68Bu;
  return h ^ (h >> 16);
}

/// Uniform in [0, 1): the upper 24 bits, so that every value is exact in float.
constexpr float uniform(std::uint32_t position, std::uint32_t key) {
  return static_cast<float>(random_bits(position, key) >> 8) * 0x1p-24f;
}

}  // namespace tenon
