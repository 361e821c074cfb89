// Weights with orthogonal rows or columns.
#pragma once

#include <stdexcept>
#include <string>
#include <vector>

#include <tenon/core/real.hpp>
#include <tenon/initializers/concept.hpp>

namespace tenon {
namespace detail {

/// Makes the columns of a matrix (rows, columns), stored column by column, orthonormal: Gram and Schmidt's method, each column twice, since what
/// is left of it after the first time may be small. The same as Q of a QR decomposition whose R has a positive diagonal.
inline void orthonormalize(std::vector<double>& values, std::size_t rows, std::size_t columns) {
  const auto dot = [&](const double* a, const double* b) {
    double sum = 0;
    for (std::size_t i = 0; i < rows; ++i) sum += a[i] * b[i];
    return sum;
  };
  for (std::size_t j = 0; j < columns; ++j) {
    double* const column = values.data() + j * rows;
    for (int time = 0; time < 2; ++time)
      for (std::size_t k = 0; k < j; ++k) {
        const double* const before = values.data() + k * rows;
        const double along = dot(column, before);
        for (std::size_t i = 0; i < rows; ++i) column[i] -= along * before[i];
      }
    const double length = std::sqrt(dot(column, column));
    for (std::size_t i = 0; i < rows; ++i) column[i] /= length;
  }
}

}  // namespace detail

/// Gain times a random orthogonal matrix: all axes but the last are its rows, and of rows and columns the fewer ones are orthonormal. Follows
/// keras.initializers.Orthogonal (Saxe et al. 2014). Throws std::invalid_argument when a weight has fewer than two axes.
///
///     tn::Dense<64, tn::KernelInitializer<tn::Orthogonal<>>>
template <Real Gain = 1.0>
struct Orthogonal {
  void operator()(std::span<float> values, const Shape& shape, Random& random) const {
    if (shape.rank < 2) throw std::invalid_argument("Orthogonal: a weight of " + std::to_string(shape.rank) + " axes is given, expected at least two");
    const auto columns = static_cast<std::size_t>(shape.back()), rows = values.size() / columns;
    const std::size_t length = rows > columns ? rows : columns, count = rows > columns ? columns : rows;
    std::vector<double> q(values.size());
    for (double& v : q) v = detail::normal(random);
    detail::orthonormalize(q, length, count);
    for (std::size_t i = 0; i < rows; ++i)
      for (std::size_t j = 0; j < columns; ++j)
        values[i * columns + j] = static_cast<float>(Gain.value * (rows > columns ? q[j * length + i] : q[i * length + j]));
  }
};

}  // namespace tenon
