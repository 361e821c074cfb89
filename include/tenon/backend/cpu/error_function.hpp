// The error function, and what it lacks of 1.
#pragma once

#include <tenon/backend/cpu/normal_distribution.hpp>

namespace tenon::cpu::inline TENON_ISA {

/// erf(z / slope), where slope = 2 / sqrt(pi) is that of erf at 0: what z is multiplied by at first is then so close to 1 that its
/// rounding does not matter.
inline constexpr float error_function_slope = 1.12837923f;
inline constexpr Pieces<6> error_function_pieces{19.f / 64, {
    {0.290164948f, 0.543217421f, 0.73567754f, 0.937169373f, 0.990800261f, 0.999957383f, 0, 0.147585675f},
    {0.933119535f, 0.758143723f, 0.536336541f, 0.177191898f, 0.0336527862f, 0.000229547193f, 0.99999994f, 0.982842863f},
    {-0.217544049f, -0.353569627f, -0.375085503f, -0.206589058f, -0.055009108f, -0.000573484111f, 2.54210772e-06f, -0.114539653f},
    {-0.210786536f, -0.0882994682f, 0.0336876549f, 0.114371642f, 0.0515457019f, 0.00083999295f, -0.261935174f, -0.249438435f},
    {0.0832294524f, 0.111877039f, 0.0904095173f, -0.0135956835f, -0.0291764867f, -0.000741236901f, 0.00253407145f, 0.0565375574f},
    {0.0378664695f, 0.00235527917f, -0.0433984883f, -0.0182983615f, 0.00941428076f, 0.000362927385f, 0.0425524935f, -0.0101808151f},
    {-0.0186656211f, -0.0235874671f, 0.00431038253f, 0.00807314739f, -0.00134183117f, -7.52330598e-05f, 0.0486808382f, 0.127373561f}}};

template <class T>
[[gnu::always_inline]] inline Vector<T> error_function(Vector<T> x) {
  const Vector<T> z = smaller<T>(Vector<T>(4.45f), abs(x) * Vector<T>(error_function_slope));  // beyond that it is 1
  return with_sign_of<T>(evaluate<T>(error_function_pieces, z), x);
}

/// erfc(x) = 2 exp(-x^2) q(sqrt(2) x) for x >= 0, with the q of the normal distribution; and erfc(-x) = 2 - erfc(x).
template <class T>
[[gnu::always_inline]] inline Vector<T> complementary_error_function(Vector<T> x) {
  using V = Vector<T>;
  const V size = smaller<T>(V(10.3f), abs(x)), q = evaluate<T>(normal_tail_pieces, size * V(1.41421356f)), tail = bell<T>(size, T(1), q + q);  // beyond that it is 0
  return choose_by_sign<T>(x, V(T(2)) - tail, tail);
}

}  // namespace tenon::cpu::inline TENON_ISA
