// Every elementwise operation, for vectors.
#pragma once

#include <limits>

#include <tenon/backend/cpu/vector.hpp>
#include <tenon/backend/scalar.hpp>

namespace tenon::cpu::inline TENON_ISA {

/// One operation on vectors: what backend/scalar.hpp says for one number, in every lane.
template <Op O, class T>
[[gnu::always_inline]] inline Vector<T> compute(Vector<T> a, Vector<T> b, Vector<T> c) {
  using V = Vector<T>;
  const V zero(T(0)), one(T(1));
  if constexpr (O == Op::neg) return -a;
  else if constexpr (O == Op::stop_gradient) return a;
  else if constexpr (O == Op::add) return a + b;
  else if constexpr (O == Op::sub) return a - b;
  else if constexpr (O == Op::mul) return a * b;
  else if constexpr (O == Op::div) return a / b;
  else if constexpr (O == Op::reciprocal) return one / a;
  else if constexpr (O == Op::relu) return choose<T>(a < zero, zero, a);
  else if constexpr (O == Op::sign) return choose<T>(a > zero, one, choose<T>(a < zero, -one, a));
  else if constexpr (O == Op::is_nan) return choose<T>(a == a, zero, one);
  else if constexpr (O == Op::less) return choose<T>(a < b, one, zero);
  else if constexpr (O == Op::less_equal) return choose<T>(a <= b, one, zero);
  else if constexpr (O == Op::greater) return choose<T>(a > b, one, zero);
  else if constexpr (O == Op::greater_equal) return choose<T>(a >= b, one, zero);
  else if constexpr (O == Op::equal) return choose<T>(a == b, one, zero);
  else if constexpr (O == Op::not_equal) return choose<T>(a == b, zero, one);
  else if constexpr (O == Op::select) return choose<T>(a == zero, c, b);
  else if constexpr (O == Op::minimum) return choose<T>(a < b, a, choose<T>(a == a, b, a));
  else if constexpr (O == Op::maximum) return choose<T>(a > b, a, choose<T>(a == a, b, a));
  else if constexpr (is_unary(O)) return each_lane<T>([](T x) { return reference::apply(O, x, x, x); }, a);
  else return each_lane<T>([](T x, T y) { return reference::apply(O, x, y, y); }, a, b);
}

}  // namespace tenon::cpu::inline TENON_ISA
