// Against the standard library in double precision, for float, and in long double, for double.
#include "cpu_support.hpp"

#include <bit>

using namespace cpu_test;

namespace {

template <class T>
using Wider = std::conditional_t<std::is_same_v<T, float>, double, long double>;

/// How many of the smallest steps between numbers of this size y is away from the exact result.
template <class T>
double ulps(T y, Wider<T> exact) {
  const T rounded = static_cast<T>(exact), largest = std::numeric_limits<T>::max();
  if (std::isnan(y) || std::isnan(rounded)) return std::isnan(y) == std::isnan(rounded) ? 0 : INFINITY;
  if (y == rounded) return 0;
  if (std::isinf(y) || std::isinf(rounded)) return std::signbit(y) == std::signbit(rounded) && std::abs(std::isinf(y) ? rounded : y) > largest * (1 - 8 * std::numeric_limits<T>::epsilon()) ? 1 : INFINITY;
  const T size = std::abs(rounded);
  const T step = size < std::numeric_limits<T>::min() ? std::numeric_limits<T>::denorm_min() : std::nextafter(size, std::numeric_limits<T>::infinity()) - size;
  return static_cast<double>(std::abs(static_cast<Wider<T>>(y) - exact) / step);
}

template <Op O, class T>
std::vector<T> computed(const std::vector<T>& a, const std::vector<T>& b) {
  const long n = static_cast<long>(a.size());
  std::vector<T> y(a.size());
  if constexpr (is_binary(O)) run<T, Map<1, Code<2, Instruction<O, 0, 1>>, Loads<Access::contiguous, Access::contiguous>, Stores<2>>>({a.data(), b.data()}, {y.data()}, {n}, {1, 1, 1});
  else run<T, Map<1, Code<1, Instruction<O, 0>>, Loads<Access::contiguous>, Stores<1>>>({a.data()}, {y.data()}, {n}, {1, 1});
  return y;
}

template <class T>
std::vector<T> corners() {
  using L = std::numeric_limits<T>;
  std::vector<T> v{0, L::infinity(), L::quiet_NaN(), L::max(), L::min(), L::denorm_min(), L::min() / 2, L::epsilon(), T(0.5), 1, T(1.5), 2, T(2.5), 3, 10, T(88), T(88.7), T(89), T(95), T(100), T(103.5), T(104.5),
                   T(88.7228), T(88.7229), T(87.33), T(127.999), T(128), T(1023.9),
                   T(709), T(709.7), T(710), T(740), T(745), T(746), T(1e5), T(1e10), T(1e30)};
  for (std::size_t i = 0, n = v.size(); i < n; ++i) v.push_back(-v[i]);
  return v;
}

/// True where the sanitizer reports what xsimd does on its way with doubles: it turns huge and infinite ones into integers whose
/// values it does not use.
constexpr bool sanitized =
#if defined(__has_feature)
#if __has_feature(undefined_behavior_sanitizer)
    true;
#else
    false;
#endif
#else
    false;
#endif

/// a * b + c is one operation of the machine.
constexpr bool rounds_once =
#if defined(__FMA__) || defined(__aarch64__)
    true;
#else
    false;
#endif

/// Numbers of every size, and the corners.
template <Op O, class T>
void check(double allowed, double low, double high) {
  INFO(name_of(O) << ", size " << sizeof(T));
  std::vector<T> x = corners<T>();
  for (int i = 0; i < 20000; ++i) x.push_back(static_cast<T>(low + (high - low) * (i + 0.37) / 20000));
  for (int i = 0; i < 20000; ++i) x.push_back(static_cast<T>(std::exp2(number(-4000, 1000) / 100.0) * (i % 2 ? 1 : -1)));
  if (sanitized && std::is_same_v<T, double>) std::erase_if(x, [](T value) { return !(std::abs(value) < T(1e15)); });
  const auto y = computed<O, T>(x, x);
  double worst = 0;
  T at = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    const auto w = static_cast<Wider<T>>(x[i]);
    const double e = ulps<T>(y[i], reference::apply(O, w, w, w));
    if (e > worst) worst = e, at = x[i];
  }
  INFO("at " << at);
  CHECK(worst <= allowed);
}

/// Two operands, every combination of corners.
template <Op O, class T>
void check_pairs(double allowed) {
  INFO(name_of(O) << ", size " << sizeof(T));
  std::vector<T> a, b;
  for (const T x : corners<T>())
    for (const T y : corners<T>()) a.push_back(x), b.push_back(y);
  for (int i = 0; i < 10000; ++i) a.push_back(static_cast<T>(number(-5000, 5000)) / 500), b.push_back(static_cast<T>(number(-5000, 5000)) / 500);
  const auto y = computed<O, T>(a, b);
  double worst = 0;
  for (std::size_t i = 0; i < a.size(); ++i) worst = std::max(worst, ulps<T>(y[i], reference::apply(O, a[i], b[i], b[i])));
  CHECK(worst <= allowed);
}

}  // namespace

TEMPLATE_TEST_CASE("every function of one number is accurate, also for the largest, the smallest and NaN", "[backend][cpu][math]", float, double) {
  using T = TestType;
  const bool single = std::is_same_v<T, float>;
  const double top = single ? 89 : 710;
  check<Op::neg, T>(0, -5, 5);
  check<Op::abs, T>(0, -5, 5);
  check<Op::sign, T>(0, -5, 5);
  check<Op::floor, T>(0, -5, 5);
  check<Op::ceil, T>(0, -5, 5);
  check<Op::round, T>(0, -5, 5);
  check<Op::trunc, T>(0, -5, 5);
  check<Op::reciprocal, T>(0.6, -5, 5);
  check<Op::sqrt, T>(0.6, 0, 100);
  check<Op::rsqrt, T>(2, 0, 100);
  check<Op::cbrt, T>(4, -50, 50);
  check<Op::exp, T>(1.1, -top - 40, top);
  check<Op::exp2, T>(1.1, -130, 130);
  check<Op::expm1, T>(2, -5, 5);
  check<Op::log, T>(1, 0, 100);
  check<Op::log2, T>(2, 0, 100);
  check<Op::log10, T>(2, 0, 100);
  check<Op::log1p, T>(2, -1, 5);
  check<Op::sin, T>(4, -100, 100);
  check<Op::cos, T>(4, -100, 100);
  check<Op::tan, T>(4, -100, 100);
  check<Op::asin, T>(4, -1, 1);
  check<Op::acos, T>(4, -1, 1);
  check<Op::atan, T>(4, -20, 20);
  check<Op::sinh, T>(4, -top, top);
  check<Op::cosh, T>(4, -top, top);
  check<Op::tanh, T>(2, -10, 10);
  check<Op::asinh, T>(4, -50, 50);
  check<Op::acosh, T>(4, 1, 50);
  check<Op::atanh, T>(4, -1, 1);
  check<Op::erf, T>(2, -6, 6);
  check<Op::erfc, T>(4, -6, 9);
  check<Op::normal_cdf, T>(rounds_once ? 2.5 : 3, -15, 15);
  check<Op::normal_pdf, T>(2, -15, 15);
  check<Op::sigmoid, T>(2, -20, 20);
  check<Op::softplus, T>(rounds_once ? 2 : 2.5, -20, 20);
  check<Op::relu, T>(0, -5, 5);
  check<Op::is_nan, T>(0, -5, 5);
  check<Op::stop_gradient, T>(0, -5, 5);
}

TEST_CASE("the functions of networks are right to two units in the last place, whatever the number", "[backend][cpu][math]") {
  std::vector<float> x;
  for (std::uint64_t bits = 0; bits < (std::uint64_t(1) << 32); bits += 65521) x.push_back(std::bit_cast<float>(static_cast<std::uint32_t>(bits)));
  const auto check_all = [&](const std::vector<float>& y, auto exact) {
    double worst = 0;
    float at = 0;
    for (std::size_t i = 0; i < x.size(); ++i) {
      const double e = ulps<float>(y[i], static_cast<double>(exact(static_cast<long double>(x[i]))));
      if (e > worst) worst = e, at = x[i];
    }
    INFO("at " << at);
    CHECK(worst <= 2);
  };
  check_all(computed<Op::exp, float>(x, x), [](long double v) { return std::exp(v); });
  check_all(computed<Op::tanh, float>(x, x), [](long double v) { return std::tanh(v); });
  check_all(computed<Op::erf, float>(x, x), [](long double v) { return std::erf(v); });
  check_all(computed<Op::log, float>(x, x), [](long double v) { return std::log(v); });
  check_all(computed<Op::sigmoid, float>(x, x), [](long double v) { return v < 0 ? std::exp(v) / (1 + std::exp(v)) : 1 / (1 + std::exp(-v)); });
}

TEST_CASE("odd functions keep the sign of zero", "[backend][cpu][math]") {
  const std::vector<float> zeros{0.f, -0.f};
  for (const auto& y : {computed<Op::tanh, float>(zeros, zeros), computed<Op::erf, float>(zeros, zeros), computed<Op::expm1, float>(zeros, zeros)}) {
    CHECK((y[0] == 0 && !std::signbit(y[0])));
    CHECK((y[1] == 0 && std::signbit(y[1])));
  }
}

TEST_CASE("the normal distribution is right far below zero", "[backend][cpu][math]") {  // values: Abramowitz and Stegun, table 26.2
  const std::vector<float> x{-1, -2, -3, -4, -5, -10};
  const double expected[] = {0.15865525393145705, 0.022750131948179207, 0.0013498980316300946, 3.1671241833119921e-05, 2.8665157187919391e-07, 7.6198530241605261e-24};
  const auto y = computed<Op::normal_cdf, float>(x, x);
  for (std::size_t i = 0; i < x.size(); ++i) CHECK(ulps<float>(y[i], expected[i]) <= 2.5);
}

TEST_CASE("GELU and its derivative are right where 1 + erf is nothing", "[backend][cpu][math]") {
  std::vector<float> x;
  for (int i = -1280; i <= 1280; ++i) x.push_back(static_cast<float>(i) / 100);
  const long n = static_cast<long>(x.size());
  std::vector<float> y(x.size()), dy(x.size());
  run<float, Map<1, Code<1, Instruction<Op::normal_cdf, 0>, Instruction<Op::mul, 0, 1>>, Loads<Access::contiguous>, Stores<2>>>({x.data()}, {y.data()}, {n}, {1, 1});
  run<float, Map<1, Code<1, Instruction<Op::normal_cdf, 0>, Instruction<Op::normal_pdf, 0>, Instruction<Op::mul, 0, 2>, Instruction<Op::add, 1, 3>>, Loads<Access::contiguous>, Stores<4>>>(
      {x.data()}, {dy.data()}, {n}, {1, 1});
  for (std::size_t i = 0; i < x.size(); ++i) {
    const double v = x[i], below = std::erfc(-v / std::sqrt(2.0)) / 2, density = std::exp(-v * v / 2) / std::sqrt(2 * 3.14159265358979323846);
    INFO("at " << v);
    CHECK(ulps<float>(y[i], v * below) <= 4);
    CHECK(std::abs(dy[i] - (below + v * density)) <= 3e-7 * (below + std::abs(v) * density));
  }
}

TEMPLATE_TEST_CASE("every function of two numbers is the reference's", "[backend][cpu][math]", float, double) {
  using T = TestType;
  check_pairs<Op::add, T>(0);
  check_pairs<Op::sub, T>(0);
  check_pairs<Op::mul, T>(0);
  check_pairs<Op::div, T>(0);
  check_pairs<Op::pow, T>(4);
  check_pairs<Op::mod, T>(0);
  check_pairs<Op::atan2, T>(4);
  check_pairs<Op::hypot, T>(4);
  check_pairs<Op::minimum, T>(0);
  check_pairs<Op::maximum, T>(0);
  check_pairs<Op::less, T>(0);
  check_pairs<Op::less_equal, T>(0);
  check_pairs<Op::greater, T>(0);
  check_pairs<Op::greater_equal, T>(0);
  check_pairs<Op::equal, T>(0);
  check_pairs<Op::not_equal, T>(0);
}

TEMPLATE_TEST_CASE("lgamma and digamma are the reference's, and select chooses", "[backend][cpu][math]", float, double) {
  using T = TestType;
  std::vector<T> x;
  for (int i = -40; i < 40; ++i) x.push_back(static_cast<T>(i) / 3);
  const auto a = computed<Op::lgamma, T>(x, x), b = computed<Op::digamma, T>(x, x);
  for (std::size_t i = 0; i < x.size(); ++i) {
    CHECK((a[i] == reference::apply(Op::lgamma, x[i], x[i], x[i])));
    CHECK(ulps<T>(b[i], reference::apply(Op::digamma, x[i], x[i], x[i])) == 0);
  }
  const std::vector<T> condition{0, 1, -1, std::numeric_limits<T>::quiet_NaN(), -T(0)}, p{1, 2, 3, 4, 5}, q{-1, -2, -3, -4, -5};
  std::vector<T> y(5);
  run<T, Map<1, Code<3, Instruction<Op::select, 0, 1, 2>>, Loads<Access::contiguous, Access::contiguous, Access::contiguous>, Stores<3>>>({condition.data(), p.data(), q.data()}, {y.data()}, {5}, {1, 1, 1, 1});
  CHECK(y == std::vector<T>{-1, 2, 3, 4, -5});
}
