// The normal distribution.
#pragma once

#include <tenon/backend/cpu/exponential.hpp>
#include <tenon/backend/cpu/pieces.hpp>

namespace tenon::cpu::inline TENON_ISA {

/// factor exp(-per_square x^2) for x >= 0. What rounding takes from x^2 is not lost: an error of the exponent is one of the result, times the exponent.
template <class T>
[[gnu::always_inline]] inline Vector<T> bell(Vector<T> x, T per_square, Vector<T> factor) {
  using V = Vector<T>;
  const V square = x * x, exponent = square * V(-per_square);
  const Rounded<T> n(exponent, 1 / Exponent<T>::ln_2, Ahead<T>::exponent);
  const V r = multiply_add<T>(rounding_of_square<T>(x, square), V(-per_square), reduced<T>(exponent, n.n)), rest = small_exponential_minus_one<T>(r);
  if constexpr (Scale<T>::exists) return Scale<T>::by(multiply_add<T>(factor, rest, factor), n.n);
  factor = factor * n.power();
  return multiply_add<T>(factor, rest, factor) * V(Ahead<T>::back);
}

/// q(x) in P(-x) = exp(-x^2 / 2) q(x), for x >= 0 and the distribution P: Mills' ratio over sqrt(2 pi), which is smooth and never 0.
inline constexpr Pieces<7> normal_tail_pieces{1, {
    {0.261578292f, 0.168101996f, 0.121513948f, 0.0769193023f, 0.0558934808f, 0.03597489f, 0.5f, 0.349618822f},
    {-0.137363881f, -0.0627380833f, -0.0344003141f, -0.0143457018f, -0.00768784853f, -0.00321849738f, -0.398942262f, -0.224131972f},
    {0.0621045753f, 0.0213105083f, 0.00915484596f, 0.00259493338f, 0.00103878567f, 0.000285729155f, 0.249999091f, 0.118757375f},
    {-0.0250638258f, -0.00669284118f, -0.00230410602f, -0.000455542933f, -0.000137505078f, -2.51729689e-05f, -0.132965475f, -0.0547379181f},
    {0.00916575175f, 0.00194434193f, 0.000542680908f, 7.67683232e-05f, 1.74296201e-05f, 2.19300614e-06f, 0.0623766929f, 0.0219673365f},
    {-0.00296277041f, -0.000499682152f, -0.000112390051f, -1.17552909e-05f, -1.94907329e-06f, -1.82905538e-07f, -0.0260550529f, -0.00641941605f},
    {0.00074830238f, 9.77456293e-05f, 1.73705903e-05f, 1.40082091e-06f, 1.60286987e-07f, 1.27652759e-08f, 0.0090719983f, -8.25308889e-05f},
    {-0.000104442857f, -1.00368434e-05f, -1.39595409e-06f, -9.04903459e-08f, -6.72064449e-09f, -5.13459275e-10f, -0.00194503879f, 0.000933090399f}}};

/// The probability of a number below x. For x < 0 as accurate as for x > 0, where it is 1 - P(-x): what is cut from 1 would be lost.
template <class T>
[[gnu::always_inline]] inline Vector<T> normal_distribution(Vector<T> x) {
  using V = Vector<T>;
  const V size = smaller<T>(V(14.5f), abs(x)), tail = bell<T>(size, T(0.5), evaluate<T>(normal_tail_pieces, size));  // beyond that it is 0
  return choose_by_sign<T>(x, tail, V(T(1)) - tail);
}

/// The density of that, exp(-x^2 / 2) / sqrt(2 pi).
template <class T>
[[gnu::always_inline]] inline Vector<T> normal_density(Vector<T> x) {
  return bell<T>(smaller<T>(Vector<T>(14.5f), abs(x)), T(0.5), Vector<T>(0.398942280f));
}

}  // namespace tenon::cpu::inline TENON_ISA
