// Which of two numbers max pooling takes.
#pragma once

#include <tenon/backend/cpu/arithmetic.hpp>

namespace tenon::cpu::inline TENON_ISA {

/// True where x takes the place of the largest value so far: the first maximum wins, and so does the first NaN.
template <class T>
[[gnu::always_inline]] inline auto exceeds(Vector<T> x, Vector<T> best) {
  return (x > best) | (is_nan<T>(x) & (best == best));
}

}  // namespace tenon::cpu::inline TENON_ISA
