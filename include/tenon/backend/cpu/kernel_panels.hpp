// The kernel of a convolution as panels of columns.
#pragma once

#include <tenon/backend/cpu/panel.hpp>
#include <tenon/backend/cpu/scratch.hpp>
#include <tenon/backend/cpu/segments.hpp>
#include <tenon/backend/cpu/tile.hpp>
#include <tenon/backend/cpu/window.hpp>

namespace tenon::cpu::inline TENON_ISA {

/// kernel (taps, channels / groups, filters), cut into panels of two vectors of filters. A kernel that is one panel is read where it is.
template <class T, class Operand = T>
struct KernelPanels {
  static constexpr long most = tile_columns<T>;
  long steps, columns, count;  ///< rows of a panel, columns of a group, panels of a group

  KernelPanels(const Windows& w, const Segments&, const T* kernel) : KernelPanels(w, kernel, nullptr) {}
  /// Copied to `memory`, which has room for elements(w) numbers, if they are copied at all.
  KernelPanels(const Windows& w, const T* kernel, T* memory)
      : steps(w.taps() * w.group_channels()), columns(w.group_filters()), count((columns + most - 1) / most), packed_(kernel) {
    if (w.groups == 1 && count == 1 && columns == width(0)) return;
    T* to = memory ? memory : scratch<T, Slot::panel>(elements(w));
    packed_ = to;
    for (long g = 0; g < w.groups; ++g)
      for (long panel = 0; panel < count; ++panel)
        pack(to + (g * count + panel) * steps * most, width(panel), kernel + g * columns + panel * most, w.filters, steps, columns_of(panel));
  }
  long elements(const Windows& w) const { return w.groups * count * steps * most; }
  /// The columns of a panel, and the same in whole vectors.
  long columns_of(long panel) const { return std::min(most, columns - panel * most); }
  long width(long panel) const { return (columns_of(panel) + lanes<T> - 1) / lanes<T> * lanes<T>; }
  /// c = the product of what windows see and a panel.
  void multiply(const Left<T>& left, long rows, long group, long panel, T* c, long c_row) const {
    tile_of<T>(rows, width(panel) / lanes<T>)(left, packed_ + (group * count + panel) * steps * most, width(panel), c, c_row, false);
  }

 private:
  const T* packed_;
};

}  // namespace tenon::cpu::inline TENON_ISA
