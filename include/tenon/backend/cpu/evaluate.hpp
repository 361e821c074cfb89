// Fused expressions: straight-line code over vector registers.
#pragma once

#include <tenon/backend/cpu/math.hpp>
#include <tenon/backend/cpu/noise.hpp>
#include <tenon/backend/kernels.hpp>

namespace tenon::cpu::inline TENON_ISA {

/// Where in its iteration space a vector stands: position `column` along the innermost axis, at[i] along the others.
struct Site {
  const long* at = nullptr;
  int innermost = 0;
  long column = 0;
  std::uint32_t position = 0;  ///< row-major, of the first lane
  const Noise* noise = nullptr;
  long batch = 0;
};

/// What a store writes: numbers as they are, or rounded.
template <class T, int Store>
using StoredAs = std::conditional_t<is_rounded(Store), Bfloat16, T>;

template <Op O, class Code>
inline constexpr bool uses = false;
template <Op O, int Inputs, class... Instructions>
inline constexpr bool uses<O, Code<Inputs, Instructions...>> = (false || ... || (Instructions::op == O));

template <class T, class Code>
struct Evaluate;

/// Computes the registers behind the inputs, which the caller has loaded.
template <class T, int Inputs, class... Instructions>
struct Evaluate<T, Code<Inputs, Instructions...>> {
  using V = Vector<T>;

  [[gnu::always_inline]] static void run([[maybe_unused]] V* r, [[maybe_unused]] const Site& site) {
    [[maybe_unused]] int next = Inputs;
    ((r[next] = step<Instructions>(r, site), ++next), ...);
  }

 private:
  template <class I>
  [[gnu::always_inline]] static V step([[maybe_unused]] const V* r, [[maybe_unused]] const Site& site) {
    if constexpr (I::op == Op::constant) {
      return V(static_cast<T>(I::value));
    } else if constexpr (I::op == Op::batch) {
      return V(static_cast<T>(site.batch));
    } else if constexpr (I::op == Op::iota) {
      return I::a == site.innermost ? V(static_cast<T>(site.column)) + ramp<T>() : V(static_cast<T>(site.at[I::a]));
    } else if constexpr (I::op == Op::random) {
      return uniform_lanes<T>(site.position, site.noise->key(I::a));
    } else {
      return compute<I::op, T>(r[I::a], r[I::b < 0 ? I::a : I::b], r[I::c < 0 ? I::a : I::c]);
    }
  }
};

}  // namespace tenon::cpu::inline TENON_ISA
