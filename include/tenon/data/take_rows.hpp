// Some rows of a tensor.
#pragma once

#include <algorithm>
#include <cstddef>
#include <span>
#include <stdexcept>
#include <string>

#include <tenon/core/xtensor.hpp>

namespace tenon {

/// y[i] = x[indices[i]] along the first axis, of any rank: x (N, …) → y (indices.size(), …). Throws std::invalid_argument for an index that is not
/// below N, and for x without an axis.
///
///     const auto odd = tn::take_rows(x, std::vector<std::size_t>{1, 3, 5});
template <class X>
tensor_of<X> take_rows(const X& x, std::span<const std::size_t> indices) {
  tensor_of<X> rows;
  auto shape = rows.shape();
  if constexpr (requires { shape.resize(0); }) shape.resize(x.dimension());
  std::copy(x.shape().begin(), x.shape().end(), shape.begin());
  if (shape.size() == 0) throw std::invalid_argument("take_rows: x is one number, without rows");
  for (const std::size_t index : indices)
    if (index >= shape[0]) throw std::invalid_argument("take_rows: index " + std::to_string(index) + ", x has " + std::to_string(shape[0]) + (shape[0] == 1 ? " row" : " rows"));
  const std::size_t row_size = shape[0] == 0 ? 0 : x.size() / shape[0];
  shape[0] = indices.size();
  rows.resize(shape);

  const auto source = x.template begin<xt::layout_type::row_major>();
  auto target = rows.begin();
  using Difference = typename std::iterator_traits<decltype(target)>::difference_type;
  for (const std::size_t index : indices)
    target = std::copy_n(source + static_cast<Difference>(index * row_size), row_size, target);
  return rows;
}

}  // namespace tenon
