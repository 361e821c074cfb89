// What windows see of an image, as runs of numbers that lie side by side.
#pragma once

#include <tenon/backend/cpu/border.hpp>
#include <tenon/backend/cpu/scratch.hpp>

namespace tenon::cpu::inline TENON_ISA {

/// Where runs of `length` contiguous steps begin, as offsets from the first one.
struct Segments {
  long* offset;
  int count = 0;
  long length = 0;
};
/// Does a window read its rows without gaps?
constexpr bool sees_whole_rows(const Windows& w) { return w.axis[2].dilation == 1 && w.groups == 1; }

/// What a window reads. There is room for an offset for each tap.
inline Segments segments_of(const Windows& w, const Bordered& b, long* offsets) {
  Segments s{offsets};
  const bool whole_rows = sees_whole_rows(w);
  s.length = whole_rows ? w.axis[2].size * w.channels : w.group_channels();
  for (long z = 0; z < w.axis[0].size; ++z)
    for (long y = 0; y < w.axis[1].size; ++y)
      for (long x = 0; x < (whole_rows ? 1 : w.axis[2].size); ++x)
        s.offset[s.count++] = z * w.axis[0].dilation * b.stride(0) + y * w.axis[1].dilation * b.stride(1) + x * w.axis[2].dilation * b.stride(2);
  return s;
}
inline Segments segments_of(const Windows& w, const Bordered& b) { return segments_of(w, b, scratch<long, Slot::offsets>(w.taps())); }
/// The pixels of an image that one tap reads.
inline Segments pixels_of(const Windows& w, const Bordered& b) {
  Segments s{scratch<long, Slot::pixel_offsets>(w.axis[0].result * w.axis[1].result)};
  s.length = w.axis[2].result;
  for (long row = 0; row < w.axis[0].result * w.axis[1].result; ++row) s.offset[s.count++] = row_offset(w, b, row);
  return s;
}

}  // namespace tenon::cpu::inline TENON_ISA
