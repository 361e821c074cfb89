// What every elementwise operation computes on the device, for one float.
#pragma once

#include <cmath>

#include <tenon/backend/cuda/annotations.hpp>
#include <tenon/core/bfloat16.hpp>
#include <tenon/graph/op.hpp>

namespace tenon::cuda {

/// Reflection below 1/2, recurrence up to 6, then the asymptotic series.
TENON_HOST_DEVICE inline float digamma(float x) {
  constexpr double pi = 3.14159265358979323846;
  double z = static_cast<double>(x), shift = 0;
  if (z <= 0 && ::floor(z) == z) return ::nanf("");
  if (z < 0.5) shift = -pi / ::tan(pi * z), z = 1 - z;
  for (; z < 6; z += 1) shift -= 1 / z;
  const double r = 1 / (z * z);
  return static_cast<float>(shift + ::log(z) - 0.5 / z - r * (1.0 / 12 - r * (1.0 / 120 - r * (1.0 / 252 - r * (1.0 / 240 - r / 132)))));
}

/// erfc(-x / sqrt 2) / 2, whose argument needs more digits than a float has: an error of it is one of the result, times x^2.
TENON_HOST_DEVICE inline float normal_cdf(float x) {
#if defined(__CUDA_ARCH__)
  return ::normcdff(x);
#else
  return static_cast<float>(::erfc(static_cast<double>(x) * -0.70710678118654752440) / 2);
#endif
}
/// exp(-x^2 / 2) / sqrt(2 pi). The square and the constant are in two parts, for the same reason: exp(-(s + r) / 2) = exp(-s / 2) (1 - r / 2).
TENON_HOST_DEVICE inline float normal_pdf(float x) {
  constexpr float c = 0.398942280401432677939946f, rest_of_c = static_cast<float>(0.398942280401432677939946 - static_cast<double>(c));
  const float square = x * x, rest = ::fmaf(x, x, -square), power = ::expf(-0.5f * square);
  return power > 0 ? ::fmaf(power, c, power * ::fmaf(-0.5f * c, rest, rest_of_c)) : power;
}

/// The operation O of graph/op.hpp. Follows tenon::reference::apply, which says what each one means.
template <Op O>
TENON_HOST_DEVICE inline float compute(float a, [[maybe_unused]] float b, [[maybe_unused]] float c) {
  if constexpr (O == Op::neg) return -a;
  else if constexpr (O == Op::abs) return ::fabsf(a);
  else if constexpr (O == Op::sign) return a > 0 ? 1.f : a < 0 ? -1.f : a;
  else if constexpr (O == Op::floor) return ::floorf(a);
  else if constexpr (O == Op::ceil) return ::ceilf(a);
  else if constexpr (O == Op::round) return ::rintf(a);
  else if constexpr (O == Op::trunc) return ::truncf(a);
  else if constexpr (O == Op::reciprocal) return 1 / a;
  else if constexpr (O == Op::sqrt) return ::sqrtf(a);
  else if constexpr (O == Op::rsqrt) return 1 / ::sqrtf(a);
  else if constexpr (O == Op::cbrt) return ::cbrtf(a);
  else if constexpr (O == Op::exp) return ::expf(a);
  else if constexpr (O == Op::exp2) return ::exp2f(a);
  else if constexpr (O == Op::expm1) return ::expm1f(a);
  else if constexpr (O == Op::log) return ::logf(a);
  else if constexpr (O == Op::log2) return ::log2f(a);
  else if constexpr (O == Op::log10) return ::log10f(a);
  else if constexpr (O == Op::log1p) return ::log1pf(a);
  else if constexpr (O == Op::sin) return ::sinf(a);
  else if constexpr (O == Op::cos) return ::cosf(a);
  else if constexpr (O == Op::tan) return ::tanf(a);
  else if constexpr (O == Op::asin) return ::asinf(a);
  else if constexpr (O == Op::acos) return ::acosf(a);
  else if constexpr (O == Op::atan) return ::atanf(a);
  else if constexpr (O == Op::sinh) return ::sinhf(a);
  else if constexpr (O == Op::cosh) return ::coshf(a);
  else if constexpr (O == Op::tanh) return ::tanhf(a);
  else if constexpr (O == Op::asinh) return ::asinhf(a);
  else if constexpr (O == Op::acosh) return ::acoshf(a);
  else if constexpr (O == Op::atanh) return ::atanhf(a);
  else if constexpr (O == Op::erf) return ::erff(a);
  else if constexpr (O == Op::erfc) return ::erfcf(a);
  else if constexpr (O == Op::normal_cdf) return normal_cdf(a);
  else if constexpr (O == Op::normal_pdf) return normal_pdf(a);
  else if constexpr (O == Op::lgamma) return ::lgammaf(a);
  else if constexpr (O == Op::digamma) return digamma(a);
  else if constexpr (O == Op::sigmoid) {
    const float e = ::expf(-::fabsf(a));
    return (a >= 0 ? 1.f : e) / (1 + e);
  }
  else if constexpr (O == Op::softplus) return a != a ? a : ::fmaxf(a, 0.f) + ::log1pf(::expf(-::fabsf(a)));
  else if constexpr (O == Op::relu) return a < 0 ? 0.f : a;
  else if constexpr (O == Op::is_nan) return a != a ? 1.f : 0.f;
  else if constexpr (O == Op::cast) return static_cast<float>(Bfloat16(a));
  else if constexpr (O == Op::stop_gradient) return a;
  else if constexpr (O == Op::add) return a + b;
  else if constexpr (O == Op::sub) return a - b;
  else if constexpr (O == Op::mul) return a * b;
  else if constexpr (O == Op::div) return a / b;
  else if constexpr (O == Op::pow) return ::powf(a, b);
  else if constexpr (O == Op::mod) return ::fmodf(a, b);
  else if constexpr (O == Op::atan2) return ::atan2f(a, b);
  else if constexpr (O == Op::hypot) return ::hypotf(a, b);
  else if constexpr (O == Op::minimum) return a != a || a < b ? a : b;  // NaN in either operand gives NaN
  else if constexpr (O == Op::maximum) return a != a || a > b ? a : b;
  else if constexpr (O == Op::less) return a < b ? 1.f : 0.f;
  else if constexpr (O == Op::less_equal) return a <= b ? 1.f : 0.f;
  else if constexpr (O == Op::greater) return a > b ? 1.f : 0.f;
  else if constexpr (O == Op::greater_equal) return a >= b ? 1.f : 0.f;
  else if constexpr (O == Op::equal) return a == b ? 1.f : 0.f;
  else if constexpr (O == Op::not_equal) return a != b ? 1.f : 0.f;
  else {
    static_assert(O == Op::select, "an operation that is not elementwise");
    return a != 0 ? b : c;
  }
}

}  // namespace tenon::cuda
