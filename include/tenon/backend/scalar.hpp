// What every elementwise operation means, for one number.
#pragma once

#include <algorithm>
#include <cmath>
#include <limits>

#include <tenon/core/bfloat16.hpp>
#include <tenon/graph/op.hpp>

namespace tenon {
namespace reference {

template <class T>
T digamma(T x) {  // reflection below 1/2, recurrence up to 6, then the asymptotic series
  constexpr double pi = 3.14159265358979323846;
  double z = static_cast<double>(x), shift = 0;
  if (z <= 0 && std::floor(z) == z) return std::numeric_limits<T>::quiet_NaN();
  if (z < 0.5) return static_cast<T>(digamma(1.0 - z) - pi / std::tan(pi * z));
  for (; z < 6; z += 1) shift -= 1 / z;
  const double r = 1 / (z * z);
  return static_cast<T>(shift + std::log(z) - 0.5 / z - r * (1.0 / 12 - r * (1.0 / 120 - r * (1.0 / 252 - r * (1.0 / 240 - r / 132)))));
}

/// In long double, since an error of x is one of the result, times x^2.
template <class T>
T normal_cdf(T x) {
  return static_cast<T>(std::erfc(static_cast<long double>(x) * -0.707106781186547524400844362104849039L) / 2);
}

template <class T>
T apply(Op op, T a, T b, T c) {
  switch (op) {
    case Op::neg: return -a;
    case Op::abs: return std::abs(a);
    case Op::sign: return a > 0 ? T(1) : a < 0 ? T(-1) : a;
    case Op::floor: return std::floor(a);
    case Op::ceil: return std::ceil(a);
    case Op::round: return std::nearbyint(a);
    case Op::trunc: return std::trunc(a);
    case Op::reciprocal: return 1 / a;
    case Op::sqrt: return std::sqrt(a);
    case Op::rsqrt: return 1 / std::sqrt(a);
    case Op::cbrt: return std::cbrt(a);
    case Op::exp: return std::exp(a);
    case Op::exp2: return std::exp2(a);
    case Op::expm1: return std::expm1(a);
    case Op::log: return std::log(a);
    case Op::log2: return std::log2(a);
    case Op::log10: return std::log10(a);
    case Op::log1p: return std::log1p(a);
    case Op::sin: return std::sin(a);
    case Op::cos: return std::cos(a);
    case Op::tan: return std::tan(a);
    case Op::asin: return std::asin(a);
    case Op::acos: return std::acos(a);
    case Op::atan: return std::atan(a);
    case Op::sinh: return std::sinh(a);
    case Op::cosh: return std::cosh(a);
    case Op::tanh: return std::tanh(a);
    case Op::asinh: return std::asinh(a);
    case Op::acosh: return std::acosh(a);
    case Op::atanh: return std::atanh(a);
    case Op::erf: return std::erf(a);
    case Op::erfc: return std::erfc(a);
    case Op::normal_cdf: return normal_cdf(a);
    case Op::normal_pdf: return static_cast<T>(std::exp(-0.5L * a * a) * 0.398942280401432677939946059934381868L);
    case Op::lgamma: return std::lgamma(a);
    case Op::digamma: return digamma(a);
    case Op::sigmoid: return a >= 0 ? 1 / (1 + std::exp(-a)) : std::exp(a) / (1 + std::exp(a));
    case Op::softplus: return a != a ? a : std::max(a, T(0)) + std::log1p(std::exp(-std::abs(a)));
    case Op::relu: return a < 0 ? T(0) : a;
    case Op::is_nan: return a != a ? T(1) : T(0);
    case Op::cast: return static_cast<T>(static_cast<float>(Bfloat16(static_cast<float>(a))));
    case Op::stop_gradient: return a;
    case Op::add: return a + b;
    case Op::sub: return a - b;
    case Op::mul: return a * b;
    case Op::div: return a / b;
    case Op::pow: return std::pow(a, b);
    case Op::mod: return std::fmod(a, b);
    case Op::atan2: return std::atan2(a, b);
    case Op::hypot: return std::hypot(a, b);
    case Op::minimum: return a != a || a < b ? a : b;  // NaN in either operand gives NaN
    case Op::maximum: return a != a || a > b ? a : b;
    case Op::less: return T(a < b);
    case Op::less_equal: return T(a <= b);
    case Op::greater: return T(a > b);
    case Op::greater_equal: return T(a >= b);
    case Op::equal: return T(a == b);
    case Op::not_equal: return T(a != b);
    case Op::select: return a != 0 ? b : c;
    default: return std::numeric_limits<T>::quiet_NaN();
  }
}

}  // namespace reference
}  // namespace tenon
