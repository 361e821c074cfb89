// What an initializer is.
#pragma once

#include <cmath>
#include <span>

#include <tenon/core/random.hpp>
#include <tenon/core/shape.hpp>

namespace tenon {

/// An initializer is a stateless type that fills a new weight: its numbers are template arguments.
///
///     struct Halves { void operator()(std::span<float> values, const tn::Shape&, tn::Random&) const { std::ranges::fill(values, 0.5f); } };
template <class I>
concept initializer = requires(const I& i, std::span<float> values, const Shape& shape, Random& random) { i(values, shape, random); };

namespace detail {

/// How many values a weight's unit reads (fan_in) and feeds (fan_out): Dense (in, out); convolution (window..., in, out).
struct Fans {
  double in = 1, out = 1;
};
inline Fans fans(const Shape& shape) {
  if (shape.rank == 0) return {};
  if (shape.rank == 1) return {static_cast<double>(shape[0]), static_cast<double>(shape[0])};
  double window = 1;
  for (int i = 0; i + 2 < shape.rank; ++i) window *= shape.extent[i];
  return {std::fmax(1, window * shape[-2]), std::fmax(1, window * shape[-1])};
}
inline void fill_uniform(std::span<float> values, Random& random, double low, double high) {
  for (float& v : values) v = static_cast<float>(low + (high - low) * static_cast<double>(random.uniform()));
}
/// A normally distributed number (Box and Muller's method).
inline double normal(Random& random) {
  const double u = (static_cast<double>(random() >> 8) + 0.5) * 0x1p-24, v = static_cast<double>(random.uniform());
  return std::sqrt(-2 * std::log(u)) * std::cos(6.283185307179586 * v);
}
/// Normal, with values beyond two standard deviations drawn again.
inline void fill_truncated_normal(std::span<float> values, Random& random, double mean, double stddev) {
  for (float& v : values) {
    double z = normal(random);
    while (std::fabs(z) > 2) z = normal(random);
    v = static_cast<float>(mean + stddev * z);
  }
}

}  // namespace detail
}  // namespace tenon
