// Operators and functions that work element by element, with NumPy's broadcasting.
#pragma once

#include <tenon/graph/symbol.hpp>

namespace tenon {

namespace detail {

constexpr Symbol binary(Op op, Symbol a, Symbol b) {
  Shape shape;
  const bool poisoned = a.poisoned || b.poisoned;
  const Problem problem = combine(a.shape(), b.shape(), shape);
  if (problem != Problem::none) return poisoned ? Symbol{a.trace, a.graph, a.id, true} : mistake(a, problem, a.shape(), b.shape());
  return emit(a, {.op = op, .in = {broadcast_to(a, shape).id, broadcast_to(b, shape).id, -1}, .shape = shape}, poisoned);
}
constexpr Symbol binary(Op op, Symbol a, double b) { return binary(op, a, constant(a, b)); }
constexpr Symbol binary(Op op, double a, Symbol b) { return binary(op, constant(b, a), b); }

template <class T>
concept operand = std::same_as<T, Symbol> || number<T>;
template <class A, class B>
concept operands = operand<A> && operand<B> && (std::same_as<A, Symbol> || std::same_as<B, Symbol>);

constexpr Symbol as_operand(Symbol x) { return x; }
template <number T>
constexpr double as_operand(T x) { return static_cast<double>(x); }

}  // namespace detail

constexpr Symbol operator-(Symbol a) { return detail::unary(Op::neg, a); }
constexpr Symbol operator+(Symbol a) { return a; }

template <class A, class B> requires detail::operands<A, B>
constexpr Symbol operator+(A a, B b) { return detail::binary(Op::add, detail::as_operand(a), detail::as_operand(b)); }
template <class A, class B> requires detail::operands<A, B>
constexpr Symbol operator-(A a, B b) { return detail::binary(Op::sub, detail::as_operand(a), detail::as_operand(b)); }
template <class A, class B> requires detail::operands<A, B>
constexpr Symbol operator*(A a, B b) { return detail::binary(Op::mul, detail::as_operand(a), detail::as_operand(b)); }
template <class A, class B> requires detail::operands<A, B>
constexpr Symbol operator/(A a, B b) { return detail::binary(Op::div, detail::as_operand(a), detail::as_operand(b)); }

// A comparison gives 1 where it holds and 0 elsewhere.
template <class A, class B> requires detail::operands<A, B>
constexpr Symbol operator<(A a, B b) { return detail::binary(Op::less, detail::as_operand(a), detail::as_operand(b)); }
template <class A, class B> requires detail::operands<A, B>
constexpr Symbol operator<=(A a, B b) { return detail::binary(Op::less_equal, detail::as_operand(a), detail::as_operand(b)); }
template <class A, class B> requires detail::operands<A, B>
constexpr Symbol operator>(A a, B b) { return detail::binary(Op::greater, detail::as_operand(a), detail::as_operand(b)); }
template <class A, class B> requires detail::operands<A, B>
constexpr Symbol operator>=(A a, B b) { return detail::binary(Op::greater_equal, detail::as_operand(a), detail::as_operand(b)); }
template <class A, class B> requires detail::operands<A, B>
constexpr Symbol operator==(A a, B b) { return detail::binary(Op::equal, detail::as_operand(a), detail::as_operand(b)); }
template <class A, class B> requires detail::operands<A, B>
constexpr Symbol operator!=(A a, B b) { return detail::binary(Op::not_equal, detail::as_operand(a), detail::as_operand(b)); }

template <class A, class B> requires detail::operands<A, B>
constexpr Symbol pow(A a, B b) { return detail::binary(Op::pow, detail::as_operand(a), detail::as_operand(b)); }
template <class A, class B> requires detail::operands<A, B>
constexpr Symbol fmod(A a, B b) { return detail::binary(Op::mod, detail::as_operand(a), detail::as_operand(b)); }
template <class A, class B> requires detail::operands<A, B>
constexpr Symbol atan2(A a, B b) { return detail::binary(Op::atan2, detail::as_operand(a), detail::as_operand(b)); }
template <class A, class B> requires detail::operands<A, B>
constexpr Symbol hypot(A a, B b) { return detail::binary(Op::hypot, detail::as_operand(a), detail::as_operand(b)); }
template <class A, class B> requires detail::operands<A, B>
constexpr Symbol minimum(A a, B b) { return detail::binary(Op::minimum, detail::as_operand(a), detail::as_operand(b)); }
template <class A, class B> requires detail::operands<A, B>
constexpr Symbol maximum(A a, B b) { return detail::binary(Op::maximum, detail::as_operand(a), detail::as_operand(b)); }

constexpr Symbol abs(Symbol x) { return detail::unary(Op::abs, x); }
constexpr Symbol sign(Symbol x) { return detail::unary(Op::sign, x); }
constexpr Symbol floor(Symbol x) { return detail::unary(Op::floor, x); }
constexpr Symbol ceil(Symbol x) { return detail::unary(Op::ceil, x); }
constexpr Symbol round(Symbol x) { return detail::unary(Op::round, x); }  ///< halves to even, as NumPy's and Keras's
constexpr Symbol trunc(Symbol x) { return detail::unary(Op::trunc, x); }
constexpr Symbol reciprocal(Symbol x) { return detail::unary(Op::reciprocal, x); }
constexpr Symbol square(Symbol x) { return x * x; }
constexpr Symbol sqrt(Symbol x) { return detail::unary(Op::sqrt, x); }
constexpr Symbol rsqrt(Symbol x) { return detail::unary(Op::rsqrt, x); }
constexpr Symbol cbrt(Symbol x) { return detail::unary(Op::cbrt, x); }
constexpr Symbol exp(Symbol x) { return detail::unary(Op::exp, x); }
constexpr Symbol exp2(Symbol x) { return detail::unary(Op::exp2, x); }
constexpr Symbol expm1(Symbol x) { return detail::unary(Op::expm1, x); }
constexpr Symbol log(Symbol x) { return detail::unary(Op::log, x); }
constexpr Symbol log2(Symbol x) { return detail::unary(Op::log2, x); }
constexpr Symbol log10(Symbol x) { return detail::unary(Op::log10, x); }
constexpr Symbol log1p(Symbol x) { return detail::unary(Op::log1p, x); }
constexpr Symbol sin(Symbol x) { return detail::unary(Op::sin, x); }
constexpr Symbol cos(Symbol x) { return detail::unary(Op::cos, x); }
constexpr Symbol tan(Symbol x) { return detail::unary(Op::tan, x); }
constexpr Symbol asin(Symbol x) { return detail::unary(Op::asin, x); }
constexpr Symbol acos(Symbol x) { return detail::unary(Op::acos, x); }
constexpr Symbol atan(Symbol x) { return detail::unary(Op::atan, x); }
constexpr Symbol sinh(Symbol x) { return detail::unary(Op::sinh, x); }
constexpr Symbol cosh(Symbol x) { return detail::unary(Op::cosh, x); }
constexpr Symbol tanh(Symbol x) { return detail::unary(Op::tanh, x); }
constexpr Symbol asinh(Symbol x) { return detail::unary(Op::asinh, x); }
constexpr Symbol acosh(Symbol x) { return detail::unary(Op::acosh, x); }
constexpr Symbol atanh(Symbol x) { return detail::unary(Op::atanh, x); }
constexpr Symbol erf(Symbol x) { return detail::unary(Op::erf, x); }
constexpr Symbol erfc(Symbol x) { return detail::unary(Op::erfc, x); }
constexpr Symbol normal_cdf(Symbol x) { return detail::unary(Op::normal_cdf, x); }  ///< (1 + erf(x / sqrt(2))) / 2, accurate also for x < 0
constexpr Symbol normal_pdf(Symbol x) { return detail::unary(Op::normal_pdf, x); }  ///< exp(-x^2 / 2) / sqrt(2 pi)
constexpr Symbol lgamma(Symbol x) { return detail::unary(Op::lgamma, x); }
constexpr Symbol digamma(Symbol x) { return detail::unary(Op::digamma, x); }
constexpr Symbol sigmoid(Symbol x) { return detail::unary(Op::sigmoid, x); }    ///< 1 / (1 + exp(-x))
constexpr Symbol softplus(Symbol x) { return detail::unary(Op::softplus, x); }  ///< log(1 + exp(x)), stable for large |x|
constexpr Symbol relu(Symbol x) { return detail::unary(Op::relu, x); }          ///< max(x, 0)
constexpr Symbol is_nan(Symbol x) { return detail::unary(Op::is_nan, x); }
/// x, but its gradient is zero.
constexpr Symbol stop_gradient(Symbol x) { return detail::unary(Op::stop_gradient, x); }

/// condition != 0 ? a : b, element by element.
template <class A, class B> requires detail::operand<A> && detail::operand<B>
constexpr Symbol select(Symbol condition, A a, B b) {
  const auto symbol = [&](auto x) { if constexpr (number<decltype(x)>) return constant(condition, static_cast<double>(x)); else return x; };
  const Symbol yes = symbol(a), no = symbol(b);
  Shape shape, all;
  const bool poisoned = condition.poisoned || yes.poisoned || no.poisoned;
  const auto refuse = [&](Problem problem, const Shape& got, const Shape& wanted) {
    return poisoned ? Symbol{condition.trace, condition.graph, condition.id, true} : detail::mistake(condition, problem, got, wanted);
  };
  const Problem branches = detail::combine(yes.shape(), no.shape(), shape);
  if (branches != Problem::none) return refuse(branches, yes.shape(), no.shape());
  const Problem both = detail::combine(condition.shape(), shape, all);
  if (both != Problem::none) return refuse(both, condition.shape(), shape);
  return detail::emit(condition, {.op = Op::select, .in = {broadcast_to(condition, all).id, broadcast_to(yes, all).id, broadcast_to(no, all).id}, .shape = all}, poisoned);
}
/// The derivative of digamma: Σ 1 / (x + k)² for k = 0, 1, 2, ... Reflection below 1/2, six terms, then the asymptotic series.
constexpr Symbol trigamma(Symbol x) {
  const Symbol below = x < 0.5, z = select(below, 1 - x, x), w = z + 6, r = 1 / square(w);
  Symbol sum = 1 / w + 0.5 * r + r / w * (1.0 / 6 - r * (1.0 / 30 - r * (1.0 / 42 - r * (1.0 / 30 - r * (5.0 / 66)))));
  for (int k = 5; k >= 0; --k) sum = sum + 1 / square(z + k);
  constexpr double pi = 3.14159265358979323846;
  return select(below, square(pi / sin(pi * select(below, x, 0.5))) - sum, sum);
}
/// x limited to [low, high].
template <class Low, class High> requires detail::operand<Low> && detail::operand<High>
constexpr Symbol clip(Symbol x, Low low, High high) { return minimum(maximum(x, low), high); }

constexpr Symbol zeros_like(Symbol x) { return broadcast_to(constant(x, 0), x.shape()); }
constexpr Symbol ones_like(Symbol x) { return broadcast_to(constant(x, 1), x.shape()); }

namespace detail {
/// A float with a larger absolute value is infinite.
inline constexpr double largest_float = 0x1.fffffep127;
}  // namespace detail

/// Uniformly distributed in [0, 1), new in every step of training and in every batch that is evaluated or predicted, as in Keras:
/// a function of the seed (of fit; outside it that of initialize), the step or batch, and the position, the same on every backend.
constexpr Symbol random_uniform(Symbol like, const Shape& shape) {
  return detail::emit(like, {.op = Op::random, .axis = like.trace->random_count++, .shape = shape}, like.poisoned);
}
/// Normally distributed with mean 0 and deviation 1, drawn as random_uniform (Box and Muller's method).
constexpr Symbol random_normal(Symbol like, const Shape& shape) {
  const Symbol radius = sqrt(-2 * log(1 - random_uniform(like, shape)));  // 1 - u is never 0
  return radius * cos(6.283185307179586 * random_uniform(like, shape));
}

}  // namespace tenon
