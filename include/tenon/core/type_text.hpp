// Types and values as text, to tell one from another while the program compiles.
#pragma once

namespace tenon::detail {

/// Differs for two types, or two values. Why not the address of a variable template: g++ does not compare such addresses while it
/// compiles with -fsanitize=undefined.
template <class T>
constexpr const char* type_text() { return __PRETTY_FUNCTION__; }
template <auto Value>
constexpr const char* value_text() { return __PRETTY_FUNCTION__; }

constexpr bool same_text(const char* a, const char* b) {
  for (; *a && *a == *b; ++a, ++b) {}
  return *a == *b;
}

}  // namespace tenon::detail
