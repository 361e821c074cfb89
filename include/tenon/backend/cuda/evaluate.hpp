// Fused expressions: straight-line code over the registers of one thread.
#pragma once

#include <cstdint>
#include <type_traits>
#include <utility>

#include <tenon/backend/cuda/math.hpp>
#include <tenon/backend/kernels.hpp>

namespace tenon::cuda {

/// Where in its iteration space a thread stands.
struct Site {
  const long* at = nullptr;    ///< the position along each axis, where the code asks for it
  std::uint32_t position = 0;  ///< row-major
  const Noise* noise = nullptr;
  long batch = 0;
};

template <Op O, class Code>
inline constexpr bool uses = false;
template <Op O, int Inputs, class... Instructions>
inline constexpr bool uses<O, Code<Inputs, Instructions...>> = (false || ... || (Instructions::op == O));

/// The number that is stored: as it is, or rounded.
template <int Store>
using StoredAs = std::conditional_t<is_rounded(Store), Bfloat16, float>;

template <class Code>
struct Evaluate;

/// Computes the registers behind the inputs, which the caller has loaded.
template <int Inputs, class... Instructions>
struct Evaluate<Code<Inputs, Instructions...>> {
  TENON_HOST_DEVICE static void run(float* r, const Site& site) { all(r, site, std::make_integer_sequence<int, sizeof...(Instructions)>{}); }

 private:
  template <int... I>  // registers by constants, so that they are ones
  TENON_HOST_DEVICE static void all([[maybe_unused]] float* r, [[maybe_unused]] const Site& site, std::integer_sequence<int, I...>) {
    ((r[Inputs + I] = step<Instructions>(r, site)), ...);
  }
  template <class I>
  TENON_HOST_DEVICE static float step([[maybe_unused]] const float* r, [[maybe_unused]] const Site& site) {
    if constexpr (I::op == Op::constant) return static_cast<float>(I::value);
    else if constexpr (I::op == Op::batch) return static_cast<float>(site.batch);
    else if constexpr (I::op == Op::iota) return static_cast<float>(site.at[I::a]);
    else if constexpr (I::op == Op::random) return uniform(site.position, site.noise->key(I::a));
    else return compute<I::op>(r[I::a], r[I::b < 0 ? I::a : I::b], r[I::c < 0 ? I::a : I::c]);
  }
};

}  // namespace tenon::cuda
