// The gradient of a convolution with strides with respect to its input.
#pragma once

#include <array>
#include <numeric>
#include <optional>

#include <tenon/backend/cpu/correlate.hpp>

namespace tenon::cpu::inline TENON_ISA {

/// Pixels whose positions leave the same remainders when divided by the strides are seen by the same taps of the kernel: a phase. Its
/// gradient is a convolution of dy with those taps alone, in reverse and without strides, so that no zero is multiplied.
struct Phase {
  Windows w{};
  long first_tap[3]{}, tap_step[3]{};  ///< along each axis, of the kernel
};

/// The pixels stride * q + remainder of one axis.
constexpr void set_phase_axis(Phase& phase, int axis, const Axis& a, long remainder) {
  const long common = std::gcd(a.stride, a.dilation), step = a.stride / common;
  long tap = 0;
  while (tap < step && (remainder + a.low - tap * a.dilation) % a.stride != 0) ++tap;
  const long taps = tap < std::min(step, a.size) ? (a.size - tap + step - 1) / step : 0, dilation = a.dilation / common;
  const long looks_at = taps > 0 ? (remainder + a.low - tap * a.dilation) / a.stride : 0;  // the first tap, where q is zero
  phase.first_tap[axis] = tap, phase.tap_step[axis] = step;
  phase.w.axis[axis] = {a.result, (a.image - remainder + a.stride - 1) / a.stride, taps, 1, std::max(0L, taps - 1) * dilation - looks_at, dilation};
}

template <class G>
struct Phases {
  static constexpr Windows w = windows_of<G>();
  static constexpr long count = w.axis[0].stride * w.axis[1].stride * w.axis[2].stride;
  static constexpr std::array<Phase, static_cast<std::size_t>(count)> all = [] {
    std::array<Phase, static_cast<std::size_t>(count)> phases{};
    for (long i = 0; i < count; ++i) {
      Phase& phase = phases[static_cast<std::size_t>(i)];
      phase.w.channels = w.filters, phase.w.filters = w.channels, phase.w.groups = w.groups;
      const long remainder[] = {i / w.axis[2].stride / w.axis[1].stride, i / w.axis[2].stride % w.axis[1].stride, i % w.axis[2].stride};
      for (int axis = 0; axis < 3; ++axis) set_phase_axis(phase, axis, w.axis[axis], remainder[axis]);
    }
    return phases;
  }();
  /// dy with what any phase sees beyond its borders.
  static constexpr Bordered dy = [] {
    Bordered b{{}, {}, w.filters};
    for (int i = 0; i < 3; ++i) {
      b.extent[i] = w.axis[i].result;
      for (const Phase& phase : all) b.low[i] = std::max(b.low[i], phase.w.axis[i].low);
      b.extent[i] += b.low[i];
      for (const Phase& phase : all) {
        const Axis& a = phase.w.axis[i];
        b.extent[i] = std::max(b.extent[i], b.low[i] - a.low + a.result + (a.size - 1) * a.dilation);
      }
    }
    return b;
  }();
  /// How many lines and planes behind its own a pixel sees at most.
  static constexpr std::array<long, 3> reach = [] {
    std::array<long, 3> most{};
    for (std::size_t i = 0; i < 3; ++i)
      for (const Phase& phase : all) {
        const Axis& a = phase.w.axis[i];
        most[i] = std::max(most[i], dy.low[i] - a.low + (a.size - 1) * a.dilation);
      }
    return most;
  }();
  static constexpr bool border = [] {
    for (int i = 0; i < 3; ++i)
      if (dy.extent[i] != w.axis[i].result) return true;
    return false;
  }();
};

/// The taps of a phase, in reverse, of kernel (taps, channels / groups, filters) → (taps, filters / groups, channels).
template <class T>
void reverse_taps(T* to, const T* kernel, const Windows& w, const Phase& phase) {
  const long in = w.group_channels(), out = w.group_filters();
  const auto tap_at = [&](int axis, long i) { return phase.first_tap[axis] + (phase.w.axis[axis].size - 1 - i) * phase.tap_step[axis]; };
  for (long z = 0; z < phase.w.axis[0].size; ++z)
    for (long y = 0; y < phase.w.axis[1].size; ++y)
      for (long x = 0; x < phase.w.axis[2].size; ++x, to += out * w.channels) {
        const T* tap = kernel + ((tap_at(0, z) * w.axis[1].size + tap_at(1, y)) * w.axis[2].size + tap_at(2, x)) * in * w.filters;
        for (long f = 0; f < out; ++f)
          for (long g = 0; g < w.groups; ++g)
            for (long c = 0; c < in; ++c) to[f * w.channels + g * in + c] = tap[c * w.filters + g * out + f];
      }
}

/// A copy of dy with its border, as far as the rows first..last of dx see it; if they lie in several planes, of these all.
template <class G, class T>
const T* with_border(const T* image, long first, long last) {
  using P = Phases<G>;
  constexpr const Axis &plane = P::w.axis[0], &line = P::w.axis[1];
  T* copy = scratch<T, Slot::image>(P::dy.elements());
  const long begin = first / line.image, end = (last - 1) / line.image;
  const bool one = begin == end;
  const long first_line = begin / plane.stride * P::dy.extent[1] + (one ? first % line.image / line.stride : 0);
  const long last_line = (end / plane.stride + P::reach[0]) * P::dy.extent[1] + (one ? (last - 1) % line.image / line.stride + P::reach[1] + 1 : P::dy.extent[1]);
  P::dy.fill(copy, image, {plane.result, line.result, P::w.axis[2].result}, first_line, std::min(last_line, P::dy.lines()));
  return copy;
}

/// dx(pixel, channel) of a convolution of stride 2 or more.
template <class T, class G>
void strided_input_gradient(const T* dy, const T* kernel, const KernelCall& call, Finisher<T> finish) {
  using P = Phases<G>;
  constexpr Windows w = P::w;
  struct Prepared {
    const T* taps;
    std::optional<KernelPanels<T>> panels;  // none where each channel has its own filter
    Segments segments;
  };
  T* reversed = scratch<T, Slot::aside>(w.taps() * w.group_filters() * w.channels);
  [[maybe_unused]] T* packed = is_depthwise(w) ? nullptr : scratch<T, Slot::panel>(w.taps() * w.group_filters() * w.groups * KernelPanels<T>::most * ((w.group_channels() + KernelPanels<T>::most - 1) / KernelPanels<T>::most));
  long* offsets = scratch<long, Slot::offsets>(w.taps());
  const auto prepared = [&]<std::size_t... I>(std::index_sequence<I...>) {
    const auto prepare = [&](const Phase& phase) {
      reverse_taps(reversed, kernel, w, phase);
      Prepared p{reversed, {}, segments_of(phase.w, P::dy, offsets)};
      if constexpr (!is_depthwise(w)) {
        p.panels.emplace(phase.w, reversed, packed);
        packed += p.panels->elements(phase.w);
      }
      reversed += phase.w.taps() * w.group_filters() * w.channels;
      offsets += phase.w.taps();
      return p;
    };
    return std::array<Prepared, sizeof...(I)>{prepare(P::all[I])...};
  }(std::make_index_sequence<static_cast<std::size_t>(P::count)>{});

  constexpr long rows = w.axis[0].image * w.axis[1].image, length = w.axis[2].image, stride = w.axis[2].stride;
  const long batch = call.extent[0];
  const double work = static_cast<double>(batch * w.result() * w.taps() * w.filters) * static_cast<double>((w.group_channels() + lanes<T> - 1) / lanes<T>);
  parallel_rows(batch, rows, work, [&](long sample, long first_row, long last_row) {
    const T* image = dy + sample * w.result() * w.filters;
    if (P::border) image = with_border<G>(image, first_row, last_row);
    // Calls row(phase, pixels, what the first of them sees, x) for the phases of a row of dx, whose first pixels are 0, 1, ... stride - 1.
    const auto each_phase = [&](long r, const auto& row) {
      const long at[] = {r / w.axis[1].image, r % w.axis[1].image, 0};
      for (long x = 0; x < std::min(stride, length); ++x) {
        const auto number = static_cast<std::size_t>((at[0] % w.axis[0].stride * w.axis[1].stride + at[1] % w.axis[1].stride) * stride + x);
        const T* seen = image;
        for (int axis = 0; axis < 3; ++axis) seen += (at[axis] / w.axis[axis].stride - P::all[number].w.axis[axis].low + P::dy.low[axis]) * P::dy.stride(axis);
        row(prepared[number], P::all[number].w.axis[2].result, seen, x);
      }
    };
    T* line = scratch<T, Slot::block>(length * KernelPanels<T>::most);  // of dx, some of its columns
    if constexpr (is_depthwise(w)) {
      for (long r = first_row; r < last_row; ++r)
        for (long c = 0; c < w.channels; c += lanes<T>) {
          each_phase(r, [&](const Prepared& p, long pixels, const T* seen, long x) {
            depthwise_row(line + x * lanes<T>, stride * lanes<T>, seen + c, w.filters, p.segments, p.taps + c, w.channels, First<T>(w.channels - c), pixels);
          });
          finish(call, {line, lanes<T>, (sample * rows + r) * length, length, c, std::min<long>(lanes<T>, w.channels - c), w.channels});
        }
      return;
    }
    const KernelPanels<T>& shape = *prepared[0].panels;
    for (long g = 0; g < w.groups; ++g)
      for (long panel = 0; panel < shape.count; ++panel) {
        const long width = shape.width(panel);
        for (long r = first_row; r < last_row; ++r) {
          each_phase(r, [&](const Prepared& p, long pixels, const T* seen, long x) {
            nearly_equal(pixels, tile_rows, [&](long first, long height) {
              p.panels->multiply({seen + g * w.group_filters() + first * w.filters, w.filters, 1, p.segments.offset, p.segments.count, p.segments.length}, height, g, panel,
                                line + (first * stride + x) * width, stride * width);
            });
          });
          finish(call, {line, width, (sample * rows + r) * length, length, g * shape.columns + panel * shape.most, shape.columns_of(panel), w.channels});
        }
      }
  });
}

}  // namespace tenon::cpu::inline TENON_ISA
