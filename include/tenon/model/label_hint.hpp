// Why labels have the wrong shape, as far as that can be guessed.
#pragma once

#include <algorithm>
#include <cmath>
#include <string>

#include <tenon/model/description.hpp>
#include <tenon/model/tensor_ref.hpp>

namespace tenon::detail {

/// Whole numbers from 0 to classes - 1.
inline bool are_classes(const TensorRef& y, int classes) {
  return y.visit([&](const auto* p) {
    return std::all_of(p, p + y.rows() * y.row_size(), [&](auto value) {
      const auto v = static_cast<double>(value);
      return v >= 0 && v < classes && v == std::floor(v);
    });
  });
}

/// The end of a message about labels that have another shape than their loss wants: they are of the other kind of cross-entropy,
/// or the model ends in an image where one row was meant. Empty where neither is likely.
inline std::string label_hint(const TensorRef& y, const LabelSpec& labels) {
  const Shape& wanted = labels.tensor.shape;
  const bool of_classes = is_integer(labels.tensor.dtype);
  int given = y.rank() - 1;
  if (of_classes && given == wanted.rank + 1 && y.extent(given) == labels.classes) return "; one-hot labels are for tn::CategoricalCrossentropy";
  if (given > 0 && y.extent(given) == 1) --given;
  if (!of_classes && given == wanted.rank - 1 && are_classes(y, wanted.back()))
    return "; class numbers are for tn::SparseCategoricalCrossentropy, and tn::to_categorical makes them one-hot";
  if (given < wanted.rank && wanted.rank > (of_classes ? 0 : 1))
    return "; the model's output has more axes than the labels: is a tn::Flatten missing before the last layers?";
  return "";
}

}  // namespace tenon::detail
