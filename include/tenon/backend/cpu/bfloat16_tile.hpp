// The innermost loop of products of bfloat16 numbers: a tile of float sums that stays in registers.
#pragma once

#include <tenon/backend/cpu/bfloat16.hpp>
#include <tenon/backend/cpu/tile.hpp>

// The instruction vdpbf16ps adds two products to each lane: of neighbouring numbers, pairs, in both operands. It rounds once for each
// product, to nearest even, and takes subnormal numbers for zero, whatever the floating-point environment says. A machine with tiles
// of its own (AMX) would have its own version of this file.
#if defined(TENON_HAS_BFLOAT16_INSTRUCTIONS)
namespace tenon::cpu::inline TENON_ISA {

/// Two bfloat16 that follow each other along the sum; the first one is in the lower half.
using Pair = std::uint32_t;

[[gnu::always_inline]] inline __m512 add_pairs(__m512 sum, __m512i left, __m512i right) {
  return _mm512_dpbf16_ps(sum, std::bit_cast<__m512bh>(left), std::bit_cast<__m512bh>(right));
}
[[gnu::always_inline]] inline __m512i first_and_second(int from) {
  alignas(64) std::uint16_t lane[32];
  for (int i = 0; i < 16; ++i) lane[2 * i] = static_cast<std::uint16_t>(from + i), lane[2 * i + 1] = static_cast<std::uint16_t>(from + i + 32);
  return _mm512_load_si512(lane);
}

/// The first of 32 numbers, as masked instructions want them named.
[[gnu::always_inline]] inline __mmask32 first_of_32(long count) { return count >= 32 ? ~0u : count <= 0 ? 0u : (1u << count) - 1; }

/// Pairs of two rows: of their columns 0 to 15, or of 16 to 31.
struct Interleave {
  __m512i low = first_and_second(0), high = first_and_second(16);
  [[gnu::always_inline]] __m512i lower(__m512i first, __m512i second) const { return _mm512_permutex2var_epi16(first, low, second); }
  [[gnu::always_inline]] __m512i upper(__m512i first, __m512i second) const { return _mm512_permutex2var_epi16(first, high, second); }
};

/// The right operand: pairs in a panel whose rows lie `row` bytes apart, or (InPlace) a matrix of which two rows at a time are
/// interleaved on the way; of its columns those in the mask are read.
template <int Vectors, bool InPlace>
struct PairsOnTheRight {
  const char* at;
  long row;
  __mmask32 last;
  Interleave interleave;

  [[gnu::always_inline]] void next(__m512i (&to)[Vectors], bool alone) {
    if constexpr (!InPlace) {
#pragma GCC unroll 8
      for (int j = 0; j < Vectors; ++j) to[j] = _mm512_loadu_si512(at + 64 * j);
      at += row;
    } else {
#pragma GCC unroll 4
      for (int j = 0; j < Vectors; j += 2) {
        const __mmask32 mask = j + 2 < Vectors ? ~__mmask32{} : last;
        const __m512i a = _mm512_maskz_loadu_epi16(mask, at + 32 * j), b = alone ? _mm512_setzero_si512() : _mm512_maskz_loadu_epi16(mask, at + row + 32 * j);
        to[j] = interleave.lower(a, b);
        to[j + 1] = interleave.upper(a, b);
      }
      at += alone ? row : 2 * row;
    }
  }
};

/// c(i, j) = [c(i, j) +] sum over k of left(i, k) * right(k, j), as `tile` has it. Of the left operand the numbers k and k + 1, for even k,
/// lie side by side, where `tile` would read number k; if a segment has an odd length, its last one has no partner.
template <int Rows, int Vectors, bool InPlace>
[[gnu::noinline]] void pair_tile(const Left<Bfloat16>& left, const void* right, long right_row, unsigned mask, float* c, long c_row, bool add) {
  constexpr int groups = (Rows + 1) / 2;
  constexpr long size = sizeof(Bfloat16);
  const long row = left.row * size, step = left.step * 2 * size;
  PairsOnTheRight<Vectors, InPlace> b{static_cast<const char*>(right), right_row, mask, {}};
  __m512 sum[Rows][Vectors];
#pragma GCC unroll 16
  for (int i = 0; i < Rows; ++i)
#pragma GCC unroll 8
    for (int j = 0; j < Vectors; ++j) sum[i][j] = _mm512_setzero_ps();
  for (int s = 0; s < left.segments; ++s) {
    const char* a[groups];
#pragma GCC unroll 8
    for (int g = 0; g < groups; ++g) a[g] = reinterpret_cast<const char*>(left.at + left.segment[s] + g / 2 * left.four + g % 2 * left.two);
    const auto add_step = [&](auto factor_at, bool alone) __attribute__((always_inline)) {
      __m512i factors[Vectors];
      b.next(factors, alone);
#pragma GCC unroll 16
      for (int i = 0; i < Rows; ++i) {
        const __m512i factor = _mm512_set1_epi32(static_cast<int>(factor_at(a[i / 2] + (i % 2) * row)));
#pragma GCC unroll 8
        for (int j = 0; j < Vectors; ++j) sum[i][j] = add_pairs(sum[i][j], factor, factors[j]);
      }
#pragma GCC unroll 8
      for (int g = 0; g < groups; ++g) a[g] += step;
    };
    for (long k = left.length / 2; k > 0; --k)
      add_step([](const char* p) __attribute__((always_inline)) {
        Pair pair;
        __builtin_memcpy(&pair, p, sizeof pair);  // pairs of a row lie as they come
        return pair;
      }, false);
    if (left.length % 2 != 0)
      add_step([](const char* p) __attribute__((always_inline)) {
        std::uint16_t one;
        __builtin_memcpy(&one, p, sizeof one);
        return Pair{one};
      }, true);
  }
#pragma GCC unroll 16
  for (int i = 0; i < Rows; ++i)
#pragma GCC unroll 8
    for (int j = 0; j < Vectors; ++j) {
      float* to = c + i * c_row + j * 16;
      _mm512_storeu_ps(to, add ? _mm512_add_ps(_mm512_loadu_ps(to), sum[i][j]) : sum[i][j]);
    }
}

using PairTile = void (*)(const Left<Bfloat16>&, const void*, long, unsigned, float*, long, bool);

/// The tile of so many rows and vectors, one or two; in place only two.
template <bool InPlace>
PairTile pair_tile_of(long rows, long vectors) {
  static constexpr auto table = []<int... I>(std::integer_sequence<int, I...>) {
    struct { PairTile at[2][sizeof...(I)]; } t{{{pair_tile<I + 1, InPlace ? 2 : 1, InPlace>...}, {pair_tile<I + 1, 2, InPlace>...}}};
    return t;
  }(std::make_integer_sequence<int, tile_rows>{});
  return table.at[vectors - 1][rows - 1];
}

}  // namespace tenon::cpu::inline TENON_ISA

#endif
