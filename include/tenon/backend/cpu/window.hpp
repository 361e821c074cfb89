// The geometry of window operations as numbers.
#pragma once

#include <tenon/backend/cpu/vector.hpp>
#include <tenon/backend/kernels.hpp>

namespace tenon::cpu::inline TENON_ISA {

/// Kernels of fewer than three spatial axes have axes of extent 1 in front.
struct Axis {
  long image = 1, result = 1, size = 1, stride = 1, low = 0, dilation = 1;
};
struct Windows {
  Axis axis[3];
  long channels, filters, groups;

  constexpr long image() const { return axis[0].image * axis[1].image * axis[2].image; }
  constexpr long result() const { return axis[0].result * axis[1].result * axis[2].result; }
  constexpr long taps() const { return axis[0].size * axis[1].size * axis[2].size; }
  constexpr long kernel() const { return taps() * group_channels() * filters; }
  constexpr long group_channels() const { return channels / groups; }
  constexpr long group_filters() const { return filters / groups; }
};

template <class G>
constexpr Windows windows_of() {
  static_assert(G::rank >= 1 && G::rank <= 3);
  Windows w{{}, G::channels, G::filters, G::groups < 1 ? 1 : G::groups};
  for (int i = 0; i < G::rank; ++i)
    w.axis[3 - G::rank + i] = {G::image::values[i], G::result::values[i], G::size::values[i], G::stride::values[i], G::low::values[i],
                               i < G::dilation::count && G::dilation::values[i] > 0 ? G::dilation::values[i] : 1};
  return w;
}

}  // namespace tenon::cpu::inline TENON_ISA
