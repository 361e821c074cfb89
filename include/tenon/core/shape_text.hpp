// Shapes in words.
#pragma once

#include <span>
#include <string>
#include <type_traits>
#include <vector>

#include <tenon/core/shape.hpp>

namespace tenon::detail {

/// Extents, numbers or words, as Python writes a tuple: "(28, 28, 1)", "(10,)", "()". `first` is one in front of them: "(N, 10)".
template <class Extents>
std::string shape_text(const Extents& extents, const std::string& first = "") {
  std::string text = "(" + first;
  int count = first.empty() ? 0 : 1;
  for (const auto& extent : extents) {
    if (count++ > 0) text += ", ";
    if constexpr (std::is_arithmetic_v<std::remove_cvref_t<decltype(extent)>>) text += std::to_string(extent);
    else text += extent;
  }
  return text + (count == 1 ? ",)" : ")");
}
inline std::string shape_text(const Shape& shape, const std::string& first = "") {
  return shape_text(std::span(shape.extent, static_cast<std::size_t>(shape.rank)), first);
}

}  // namespace tenon::detail
