// The hyperbolic tangent.
#pragma once

#include <tenon/backend/cpu/pieces.hpp>

namespace tenon::cpu::inline TENON_ISA {

inline constexpr Pieces<6> hyperbolic_tangent_pieces{0.625f, {
    {0.554599762f, 0.848283648f, 0.954045296f, 0.99614656f, 0.999683201f, 0.999997854f, 0, 0.302709728f},
    {0.69241327f, 0.280416042f, 0.0897962376f, 0.0076904567f, 0.00063070521f, 4.37248809e-06f, 1, 0.908366799f},
    {-0.383853793f, -0.237918347f, -0.0856623277f, -0.00764274271f, -0.000613393437f, -4.52391214e-06f, -3.02802187e-06f, -0.274965823f},
    {-0.0195500366f, 0.108851634f, 0.0518168174f, 0.00497413566f, 0.00036891835f, 3.02054923e-06f, -0.333192587f, -0.219706312f},
    {0.146871597f, -0.0153670972f, -0.0211176574f, -0.00226969924f, -0.000139982483f, -1.29920556e-06f, -0.00213556993f, 0.159738272f},
    {-0.0804906711f, -0.0119946087f, 0.00545855425f, 0.000677500153f, 3.04728528e-05f, 3.19125093e-07f, 0.147626117f, 0.0377326012f},
    {0.0152129419f, 0.00590694463f, -0.000682317594f, -9.86048981e-05f, -2.86960608e-06f, -3.33288881e-08f, -0.0443796329f, -0.0573717989f}}};

template <class T>
[[gnu::always_inline]] inline Vector<T> hyperbolic_tangent(Vector<T> x) {
  if constexpr (picks<T>) return with_sign_of<T>(evaluate<T>(hyperbolic_tangent_pieces, smaller<T>(Vector<T>(9.3f), abs(x))), x);  // beyond that it is 1
  else return tanh(x);
}

}  // namespace tenon::cpu::inline TENON_ISA
