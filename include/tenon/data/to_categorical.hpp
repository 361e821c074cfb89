// Class labels as one-hot rows.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <stdexcept>
#include <string>

#include <tenon/core/xtensor.hpp>

namespace tenon {

/// One-hot rows: y(i, c) = 1 where c is label i, else 0. Follows keras.utils.to_categorical.
/// labels: whole numbers of any type, (N) or (N, 1) → (N, num_classes). Without num_classes: the highest label + 1.
/// Throws std::invalid_argument, with the index, for a label that is no whole number, negative or not below num_classes; for no labels
/// without num_classes, for labels of another shape, and for classes that an int cannot count.
///
///     const auto y = tn::to_categorical(mnist.train.y, 10);  // (N, 10)
template <class Labels>
xt::xtensor<float, 2> to_categorical(const Labels& labels, std::size_t num_classes = 0) {
  static_assert(std::is_arithmetic_v<typename Labels::value_type>, "to_categorical: labels are numbers");
  const std::size_t count = labels.size();
  if (labels.dimension() == 0 || labels.shape(0) != count)
    throw std::invalid_argument("to_categorical: labels have rank " + std::to_string(labels.dimension()) +
                                ", expected (N) or (N, 1)");
  constexpr int most = 2147483647;  // a model's extents are int; -3 as an unsigned number is far beyond
  if (num_classes == 0) {
    if (count == 0) throw std::invalid_argument("to_categorical: no labels and no num_classes");
    const auto highest = *std::max_element(labels.begin(), labels.end());
    if (static_cast<double>(highest) >= most)
      throw std::invalid_argument("to_categorical: label " + std::to_string(highest) + ", expected less than 2147483647");
    num_classes = highest > 0 ? static_cast<std::size_t>(highest) + 1 : 1;
  }
  if (num_classes > std::size_t{most})
    throw std::invalid_argument("to_categorical: " + std::to_string(num_classes) + " classes, expected 2147483647 at most");
  xt::xtensor<float, 2> rows = xt::zeros<float>({count, num_classes});
  std::size_t row = 0;
  for (const auto label : labels) {
    if (const auto number = static_cast<double>(label); !(number >= 0 && number < static_cast<double>(num_classes) && number == std::floor(number)))
      throw std::invalid_argument("to_categorical: label " + std::to_string(label) + " at index " + std::to_string(row) +
                                  ", expected 0 to " + std::to_string(num_classes - 1));
    rows(row++, static_cast<std::size_t>(label)) = 1;
  }
  return rows;
}

}  // namespace tenon
