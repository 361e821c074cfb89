// Weights and data from a formula, the same to the bit here and in tests/golden/formula.py: nothing has to be stored.
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace formula {

/// A 32-bit mixing function (lowbias32 of Chris Wellons' hash prospector).
constexpr std::uint32_t hash(std::uint32_t x) {
  x ^= x >> 16;
  x *= 0x7feb352dU;
  x ^= x >> 15;
  x *= 0x846ca68bU;
  x ^= x >> 16;
  return x;
}

/// The i-th number of a stream.
constexpr std::uint32_t bits(std::uint32_t stream, std::uint32_t i) { return hash(hash(stream) + i); }

/// In [0, 1), a multiple of 2^-24: exact in float.
constexpr float uniform(std::uint32_t stream, std::uint32_t i) { return static_cast<float>(bits(stream, i) >> 8) * 0x1p-24f; }

/// The k-th kernel of a model: uniform in ±sqrt(6 / (fan_in + fan_out)), as Glorot's; biases are zero.
inline std::vector<float> kernel(std::uint32_t k, std::size_t size, int fan_in, int fan_out) {
  const auto limit = static_cast<float>(std::sqrt(6.0 / (fan_in + fan_out)));
  std::vector<float> values(size);
  for (std::uint32_t i = 0; i < size; ++i) values[i] = (2 * uniform(100 + k, i) - 1) * limit;
  return values;
}

/// Class of the n-th sample.
constexpr int label(std::uint32_t n, int classes = 10) { return static_cast<int>(bits(2, n) % static_cast<std::uint32_t>(classes)); }

/// Feature j of sample n, in [0, 1). The part of the features that belongs to the sample's class is four times as bright
/// as the rest.
constexpr float pixel(std::uint32_t n, std::uint32_t j, std::uint32_t features, int classes = 10) {
  const auto part = static_cast<int>(j * static_cast<std::uint32_t>(classes) / features);
  return uniform(1, n * features + j) * (part == label(n, classes) ? 1.f : 0.25f);
}

/// Sample n of a line: y = x / 2 + 1/4.
constexpr float line_x(std::uint32_t n) { return uniform(3, n); }
constexpr float line_y(float x) { return 0.5f * x + 0.25f; }

/// Sample n of a plane and a saddle over the unit square: (a, b) → (a / 2 + b / 4, a b).
constexpr float square(std::uint32_t n, std::uint32_t axis) { return uniform(4, 2 * n + axis); }
constexpr float plane(float a, float b) { return 0.5f * a + 0.25f * b; }
constexpr float saddle(float a, float b) { return a * b; }

}  // namespace formula
