// Pooling to a wanted size.
#pragma once

#include <tenon/graph/reductions.hpp>
#include <tenon/graph/resize.hpp>
#include <tenon/layers/with_options.hpp>

namespace tenon {
namespace detail {

/// Of the results first, first + 1, ... last - 1 of an axis (the third of four) the largest values, or the means, of what belongs to each.
constexpr Symbol pieces_pooled(Op what, Symbol x, int results, int first, int last) {
  if (last - first > 1) {
    const int middle = (first + last) / 2;
    return concatenate(axis<2>, pieces_pooled(what, x, results, first, middle), pieces_pooled(what, x, results, middle, last));
  }
  const long extent = x.shape()[2];
  const int begin = static_cast<int>(extent * first / results), end = static_cast<int>((extent * last + results - 1) / results);
  const Symbol piece = slice(x, axis<2>, begin, end);
  return what == Op::max_pool ? reduce(Op::reduce_max, piece, 1 << 2) : reduce(Op::reduce_sum, piece, 1 << 2) * (1.0 / (end - begin));
}
constexpr int common_divisor(int a, int b) { return b == 0 ? a : common_divisor(b, a % b); }
/// An axis pooled to this extent. The pattern of what belongs to each result repeats itself where the two extents have a common divisor.
constexpr Symbol adaptive_pool(Op what, Symbol x, int axis, int extent) {
  const int in = x.shape()[axis], times = common_divisor(in, extent), period = in / times;
  if (x.poisoned || in == extent) return x;
  const Shape result = with_extent(x.shape(), axis, extent), p = around(x, axis).shape();
  const Symbol pooled = pieces_pooled(what, reshape(x, shape(p[0], times, period, p[2])), extent / times, 0, extent / times);
  return pooled.poisoned ? pooled : reshape(pooled, result);
}

/// What the adaptive poolings do, to the extents in `Size`, or to the first of them along all axes.
template <Op What, class Size, int Axes>
constexpr Symbol adaptive_pooling(Symbol x) {
  if constexpr (!Size::in_range) x = refuse<AtLeast<1>>(x, Problem::value_out_of_range);
  x = image_for<Axes>(x);
  if (x.poisoned) return x;
  Window equal;
  bool divides = true;
  for (int i = 1; i <= Axes; ++i) {
    divides = divides && x.shape()[i] % Size::sizes[i - 1] == 0;
    equal.size[i] = equal.stride[i] = x.shape()[i] / Size::sizes[i - 1];
  }
  if (divides) return pool(What, x, equal, Padding::valid);
  for (int i = 1; i <= Axes; ++i) x = adaptive_pool(What, x, i, Size::sizes[i - 1]);
  return x;
}

}  // namespace detail

/// The steps of x in `Size` nearly equal parts, and of each the largest value of a channel. x: (B, Steps, C) → y: (B, Size, C).
/// Follows keras.layers.AdaptiveMaxPooling1D. As `AdaptiveMaxPooling2D`.
///
///     tn::AdaptiveMaxPooling1D<4>
template <int Size>
struct AdaptiveMaxPooling1D : Layer<AdaptiveMaxPooling1D<Size>> {
  static constexpr auto call(auto x) { return detail::adaptive_pooling<Op::max_pool, Kernel<Size>, 1>(x); }
};
/// The largest values of Height · Width nearly equal parts of an image, channel by channel: part i of n of an axis of extent e is
/// from floor(i e / n) to ceil((i + 1) e / n). x: (B, H, W, C) → y: (B, Height, Width, C). Follows keras.layers.AdaptiveMaxPooling2D.
/// Refused: numbers below 1; x that is not an image.
///
///     tn::Conv2D<64, tn::Kernel<3, 3>>, tn::AdaptiveMaxPooling2D<7, 7>
template <int Height, int Width = Height>
struct AdaptiveMaxPooling2D : Layer<AdaptiveMaxPooling2D<Height, Width>> {
  static constexpr auto call(auto x) { return detail::adaptive_pooling<Op::max_pool, Kernel<Height, Width>, 2>(x); }
};
/// The same of volumes. x: (B, D, H, W, C) → y: (B, Depth, Height, Width, C). Follows keras.layers.AdaptiveMaxPooling3D.
///
///     tn::AdaptiveMaxPooling3D<2, 4, 4>
template <int Depth, int Height = Depth, int Width = Height>
struct AdaptiveMaxPooling3D : Layer<AdaptiveMaxPooling3D<Depth, Height, Width>> {
  static constexpr auto call(auto x) { return detail::adaptive_pooling<Op::max_pool, Kernel<Depth, Height, Width>, 3>(x); }
};

/// As `AdaptiveMaxPooling1D`, with means. x: (B, Steps, C) → y: (B, Size, C). Follows keras.layers.AdaptiveAveragePooling1D.
///
///     tn::AdaptiveAveragePooling1D<4>
template <int Size>
struct AdaptiveAveragePooling1D : Layer<AdaptiveAveragePooling1D<Size>> {
  static constexpr auto call(auto x) { return detail::adaptive_pooling<Op::average_pool, Kernel<Size>, 1>(x); }
};
/// As `AdaptiveMaxPooling2D`, with means. x: (B, H, W, C) → y: (B, Height, Width, C). Follows keras.layers.AdaptiveAveragePooling2D.
///
///     tn::Conv2D<64, tn::Kernel<3, 3>>, tn::AdaptiveAveragePooling2D<7, 7>
template <int Height, int Width = Height>
struct AdaptiveAveragePooling2D : Layer<AdaptiveAveragePooling2D<Height, Width>> {
  static constexpr auto call(auto x) { return detail::adaptive_pooling<Op::average_pool, Kernel<Height, Width>, 2>(x); }
};
/// As `AdaptiveMaxPooling3D`, with means. x: (B, D, H, W, C) → y: (B, Depth, Height, Width, C). Follows keras.layers.AdaptiveAveragePooling3D.
///
///     tn::AdaptiveAveragePooling3D<2, 4, 4>
template <int Depth, int Height = Depth, int Width = Height>
struct AdaptiveAveragePooling3D : Layer<AdaptiveAveragePooling3D<Depth, Height, Width>> {
  static constexpr auto call(auto x) { return detail::adaptive_pooling<Op::average_pool, Kernel<Depth, Height, Width>, 3>(x); }
};

}  // namespace tenon
