// The patch of an image under one position of a window, as runs of whole vectors.
#pragma once

#include <tenon/backend/cpu/segments.hpp>
#include <tenon/backend/cpu/vector.hpp>

namespace tenon::cpu::inline TENON_ISA {

/// What the gradients of a pooled convolution add up: `runs` runs of `length` neighbouring numbers each (the rows of the window where it has no
/// gaps, otherwise its taps), rounded up to whole vectors. Sums for `high` runs of `wide` vectors fit into the registers at a time.
template <class T>
struct Patch {
  static constexpr long registers = vector_registers == 32 ? 24 : 12;
  long runs, length, vectors, high, wide;

  explicit constexpr Patch(const Windows& w) {
    runs = w.taps() / (sees_whole_rows(w) ? w.axis[2].size : 1);
    length = w.taps() * w.channels / runs;
    vectors = (length + lanes<T> - 1) / lanes<T>;
    wide = std::min(vectors, registers / 2);
    high = std::clamp(registers / wide, 1L, runs);
  }
  /// The numbers of a patch, the last vector of each run filled up.
  constexpr long size() const { return runs * vectors * lanes<T>; }
  constexpr bool whole() const { return length % lanes<T> == 0; }
};

/// Where things lie in the (bordered) image of a convolution whose result is pooled in windows of 2 x 2.
struct PatchPlaces {
  long pixel[4];     ///< from the first pixel of a window to each of the four
  long window, line; ///< from one window to the next, and to the one below
  Segments runs;     ///< of a patch

  PatchPlaces(const Windows& w, const Bordered& b) : runs(segments_of(w, b)) {
    const long across = w.axis[2].stride * b.stride(2), down = w.axis[1].stride * b.stride(1);
    for (int i = 0; i < 4; ++i) pixel[i] = i % 2 * across + i / 2 * down;
    window = 2 * across, line = 2 * down;
  }
};

/// The same address, of which the compiler no longer knows how it was made. Otherwise g++ keeps an address for every vector of a patch
/// in a register of its own, has not nearly enough of them, and reloads them all the time.
template <class T>
[[gnu::always_inline]] inline const T* opaque(const T* p) {
  asm("" : "+r"(p));
  return p;
}

/// Calls f.template operator()<High, Wide>(first run, first vector) for parts that together cover a patch.
template <class T, long Runs, long Vectors, long High, long Wide, class F>
[[gnu::always_inline]] inline void each_part(const F& f) {
  constexpr long lower = Runs % High, narrower = Vectors % Wide;
  for (long r = 0; r + High <= Runs; r += High) {
    for (long v = 0; v + Wide <= Vectors; v += Wide) f.template operator()<High, Wide>(r, v);
    if constexpr (narrower > 0) f.template operator()<High, narrower>(r, Vectors - narrower);
  }
  if constexpr (lower > 0) {
    for (long v = 0; v + Wide <= Vectors; v += Wide) f.template operator()<lower, Wide>(Runs - lower, v);
    if constexpr (narrower > 0) f.template operator()<lower, narrower>(Runs - lower, Vectors - narrower);
  }
}

}  // namespace tenon::cpu::inline TENON_ISA
