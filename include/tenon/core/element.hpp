// The types of the numbers that users give.
#pragma once

#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace tenon::detail {

/// The element types that are read where they are; all others are converted into a copy first.
enum class Element : unsigned char { float32, float64, int32, int64, uint8 };

template <class T>
inline constexpr Element element_of = std::is_same_v<T, float> ? Element::float32 : std::is_same_v<T, double> ? Element::float64
                                    : std::is_same_v<T, std::uint8_t> ? Element::uint8 : sizeof(T) == 4 ? Element::int32 : Element::int64;

constexpr std::size_t element_bytes(Element element) {
  return element == Element::uint8 ? 1 : element == Element::float32 || element == Element::int32 ? 4 : 8;
}

/// Calls f with a typed pointer to the first of them.
template <class F>
auto visit_elements(const void* data, Element element, F f) {
  switch (element) {
    case Element::float64: return f(static_cast<const double*>(data));
    case Element::int32: return f(static_cast<const std::int32_t*>(data));
    case Element::int64: return f(static_cast<const std::int64_t*>(data));
    case Element::uint8: return f(static_cast<const std::uint8_t*>(data));
    default: return f(static_cast<const float*>(data));
  }
}

}  // namespace tenon::detail
