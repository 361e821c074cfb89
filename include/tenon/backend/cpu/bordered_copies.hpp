// All images of a batch with what a window sees beyond their borders.
#pragma once

#include <tenon/backend/cpu/border.hpp>
#include <tenon/backend/cpu/scratch.hpp>
#include <tenon/core/threads.hpp>

namespace tenon::cpu::inline TENON_ISA {

/// Copies of the images with their borders, one behind the other. A vector may begin at their last number: what it reads behind it, up to 64
/// bytes, is zero.
template <class T>
const T* bordered_copies(const T* images, const Windows& w, const Bordered& b, long batch) {
  constexpr long behind = 64 / sizeof(T);
  T* copies = scratch<T, Slot::image>(batch * b.elements() + behind);
  const long image[] = {w.axis[0].image, w.axis[1].image, w.axis[2].image};
  parallel_for(batch, static_cast<double>(batch * b.elements()) / lanes<T>, [&](long sample) { b.fill(copies + sample * b.elements(), images + sample * w.image() * w.channels, image, 0, b.lines()); });
  std::fill_n(copies + batch * b.elements(), behind, T(0));
  return copies;
}

}  // namespace tenon::cpu::inline TENON_ISA
