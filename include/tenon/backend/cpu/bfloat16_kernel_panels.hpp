// The kernel of a convolution of bfloat16 numbers as panels of pairs.
#pragma once

#include <tenon/backend/cpu/bfloat16_panel.hpp>
#include <tenon/backend/cpu/kernel_panels.hpp>

#if defined(TENON_HAS_BFLOAT16_INSTRUCTIONS)
namespace tenon::cpu::inline TENON_ISA {

/// As for floats, but two steps of a sum are one row of a panel. What a window sees in one piece ends with a row of its own: if its length
/// is odd, the last number has no partner.
template <>
struct KernelPanels<float, Bfloat16> {
  static constexpr long most = 32;
  long steps, columns, count;  ///< rows of a panel, columns of a group, panels of a group

  KernelPanels(const Windows& w, const Segments& segments, const Bfloat16* kernel)
      : steps((segments.length + 1) / 2 * segments.count), columns(w.group_filters()), count((columns + most - 1) / most), pairs_(scratch<Pair, Slot::panel>(w.groups * count * steps * most)) {
    for (long g = 0; g < w.groups; ++g)
      for (long panel = 0; panel < count; ++panel)
        for (long s = 0; s < segments.count; ++s)
          pair_rows(pairs_ + (g * count + panel) * steps * most + s * ((segments.length + 1) / 2) * width(panel), width(panel),
                    kernel + s * segments.length * w.filters + g * columns + panel * most, w.filters, segments.length, columns_of(panel));
  }
  long columns_of(long panel) const { return std::min(most, columns - panel * most); }
  long width(long panel) const { return columns_of(panel) > 16 ? 32 : 16; }
  void multiply(const Left<Bfloat16>& left, long rows, long group, long panel, float* c, long c_row) const {
    pair_tile_of<false>(rows, width(panel) / 16)(left, pairs_ + (group * count + panel) * steps * most, 4 * width(panel), 0, c, c_row, false);
  }

 private:
  Pair* pairs_;
};

}  // namespace tenon::cpu::inline TENON_ISA
#endif
