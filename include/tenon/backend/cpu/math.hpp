// Every elementwise operation, for vectors.
#pragma once

#include <tenon/backend/cpu/bfloat16.hpp>
#include <tenon/backend/cpu/error_function.hpp>
#include <tenon/backend/cpu/exponential.hpp>
#include <tenon/backend/cpu/logarithm.hpp>
#include <tenon/backend/cpu/normal_distribution.hpp>
#include <tenon/backend/cpu/sigmoid.hpp>
#include <tenon/backend/cpu/softplus.hpp>
#include <tenon/backend/cpu/tanh.hpp>
#include <tenon/backend/cpu/arithmetic.hpp>
#include <tenon/backend/scalar.hpp>

namespace tenon::cpu::inline TENON_ISA {

/// False for what xsimd does not have, or not to the last bits: those go through the standard library, one lane at a time.
template <Op O, class T>
inline constexpr bool has_vector_form = !(O == Op::acosh || O == Op::lgamma || O == Op::digamma) &&
                                        !(std::is_same_v<T, double> && (O == Op::erf || O == Op::erfc || O == Op::normal_cdf || O == Op::normal_pdf || O == Op::cbrt));

template <Op O, class T>
[[gnu::always_inline]] inline Vector<T> transcendental(Vector<T> x) {
  using V = Vector<T>;
  if constexpr (O == Op::abs) return abs(x);
  else if constexpr (O == Op::floor) return floor(x);
  else if constexpr (O == Op::ceil) return ceil(x);
  else if constexpr (O == Op::round) return nearbyint(x);
  else if constexpr (O == Op::trunc) return trunc(x);
  else if constexpr (O == Op::sqrt) return square_root<T>(x);
  else if constexpr (O == Op::rsqrt) return quotient<T>(V(T(1)), square_root<T>(x));
  else if constexpr (O == Op::cbrt) return cbrt(x);
  else if constexpr (O == Op::exp) return exponential<T>(x);
  else if constexpr (O == Op::exp2) return exponential_of_two<T>(x);
  else if constexpr (O == Op::expm1) return exponential_minus_one<T>(x);
  else if constexpr (O == Op::log) return logarithm<T>(x);
  else if constexpr (O == Op::log2) return with_denormals<T>(x, 1, [](V y) __attribute__((always_inline)) { return log2(y); });
  else if constexpr (O == Op::log10) return with_denormals<T>(x, 0.301029995663981195, [](V y) __attribute__((always_inline)) { return log10(y); });
  else if constexpr (O == Op::log1p) return log1p(x);
  else if constexpr (O == Op::sin) return sin(x);
  else if constexpr (O == Op::cos) return cos(x);
  else if constexpr (O == Op::tan) return tan(x);
  else if constexpr (O == Op::asin) return asin(x);
  else if constexpr (O == Op::acos) return acos(x);
  else if constexpr (O == Op::atan) return atan(x);
  else if constexpr (O == Op::sinh) return sinh(x);
  else if constexpr (O == Op::cosh) return cosh(x);
  else if constexpr (O == Op::tanh) return hyperbolic_tangent<T>(x);
  else if constexpr (O == Op::asinh) return asinh(x);
  else if constexpr (O == Op::atanh) return atanh(x);
  else if constexpr (O == Op::erf) return error_function<T>(x);
  else if constexpr (O == Op::erfc) return complementary_error_function<T>(x);
  else if constexpr (O == Op::normal_cdf) return normal_distribution<T>(x);
  else if constexpr (O == Op::normal_pdf) return normal_density<T>(x);
  else if constexpr (O == Op::sigmoid) return logistic<T>(x);
  else return softplus<T>(x);
}

/// One operation on vectors: what backend/scalar.hpp says for one number, in every lane.
template <Op O, class T>
[[gnu::always_inline]] inline Vector<T> compute(Vector<T> a, Vector<T> b, Vector<T> c) {
  using V = Vector<T>;
  const V zero(T(0)), one(T(1));
  if constexpr (O == Op::neg) return -a;
  else if constexpr (O == Op::stop_gradient) return a;
  else if constexpr (O == Op::cast) return round_to_bfloat16<T>(a);
  else if constexpr (O == Op::add) return a + b;
  else if constexpr (O == Op::sub) return a - b;
  else if constexpr (O == Op::mul) return a * b;
  else if constexpr (O == Op::div) return quotient<T>(a, b);
  else if constexpr (O == Op::reciprocal) return quotient<T>(one, a);
  else if constexpr (O == Op::relu) return larger<T>(zero, a);
  else if constexpr (O == Op::sign) return choose<T>(a > zero, one, choose<T>(a < zero, -one, a));
  else if constexpr (O == Op::is_nan) return choose<T>(a == a, zero, one);
  else if constexpr (O == Op::less) return choose<T>(a < b, one, zero);
  else if constexpr (O == Op::less_equal) return choose<T>(a <= b, one, zero);
  else if constexpr (O == Op::greater) return choose<T>(a > b, one, zero);
  else if constexpr (O == Op::greater_equal) return choose<T>(a >= b, one, zero);
  else if constexpr (O == Op::equal) return choose<T>(a == b, one, zero);
  else if constexpr (O == Op::not_equal) return choose<T>(a == b, zero, one);
  else if constexpr (O == Op::select) return choose<T>(a == zero, c, b);
  else if constexpr (O == Op::minimum) return choose<T>(a == a, smaller<T>(a, b), a);
  else if constexpr (O == Op::maximum) return choose<T>(a == a, larger<T>(a, b), a);
  else if constexpr (lanes<T> > 1 && is_unary(O) && has_vector_form<O, T>) return transcendental<O, T>(a);
  else if constexpr (is_unary(O)) return each_lane<T>([](T x) { return reference::apply(O, x, x, x); }, a);
  else return each_lane<T>([](T x, T y) { return reference::apply(O, x, y, y); }, a, b);
}

}  // namespace tenon::cpu::inline TENON_ISA
