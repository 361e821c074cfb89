// Images of another size.
#pragma once

#include <tenon/graph/matmul.hpp>
#include <tenon/graph/reductions.hpp>

namespace tenon {

/// Which pixels of an image a pixel of the resized one is made of: the one that it lies on, the two beside it along each axis with weights
/// that fall linearly, or more of them with Keys's cubic (a = -0.5) or Lanczos's windowed sine of radius 3 or 5.
enum class Interpolation : unsigned char { nearest, bilinear, bicubic, lanczos3, lanczos5 };

namespace detail {

/// x as (what is in front of an axis, the axis, what is behind it).
constexpr Symbol around(Symbol x, int axis) {
  const Shape s = x.shape(), front = s.slice(0, axis), back = s.slice(axis + 1, s.rank);
  return reshape(x, shape(static_cast<int>(front.batched() ? -front.elements() : front.elements()), s[axis], static_cast<int>(back.elements())));
}
constexpr Shape with_extent(Shape s, int axis, int extent) {
  s[axis] = extent;
  return s;
}

/// How much a pixel at this distance counts.
constexpr Symbol interpolation_weight(Interpolation how, Symbol distance) {
  const auto lanczos = [&](double radius) {
    constexpr double pi = 3.14159265358979323846;
    const Symbol d = minimum(distance, radius);
    return select(d > 1e-3, radius * sin(pi * d) * sin(pi / radius * d) / (pi * pi * d * d), 1);
  };
  const Symbol d = distance;
  switch (how) {
    case Interpolation::bicubic:
      return select(d < 1, (1.5 * d - 2.5) * d * d + 1, select(d < 2, ((-0.5 * d + 2.5) * d - 4) * d + 2, 0));
    case Interpolation::lanczos3: return select(d < 3, lanczos(3), 0);
    case Interpolation::lanczos5: return select(d < 5, lanczos(5), 0);
    default: return maximum(0, 1 - d);
  }
}

/// A matrix of how much of pixel i (of `in`, along `axis_in`) is in pixel o (of `out`, along the other axis).
constexpr Symbol resampling(Symbol like, int in, int out, int axis_in, Interpolation how, bool antialias) {
  const Shape s = axis_in == 0 ? shape(in, out) : shape(out, in);
  const Symbol i = iota(like, s, axis_in), o = iota(like, s, 1 - axis_in);
  const Symbol middle = (2 * o + 1) * in;  // of pixel o, in units of 1 / (2 out) of a pixel: whole numbers, so that nothing is rounded yet
  if (how == Interpolation::nearest) return (middle >= 2.0 * out * i) * (middle < 2.0 * out * (i + 1));
  const double spread = antialias && in > out ? static_cast<double>(in) / out : 1;
  const Symbol w = interpolation_weight(how, abs(middle - (2 * i + 1) * out) / (2.0 * out * spread));
  return axis_in == 0 ? w / sum(w, axis<0>, keep_dims) : w / sum(w, axis<1>, keep_dims);
}

}  // namespace detail

/// Each element of an axis so many times, one beside the other, as numpy.repeat.
constexpr Symbol repeat(Symbol x, int axis, int times) {
  if (x.poisoned || times == 1) return x;
  const Shape s = x.shape();
  if (long{s[axis]} * times > max_elements) return detail::mistake(x, Problem::too_large);
  const Symbol parts = detail::around(x, axis);
  const Shape p = parts.shape();
  const Symbol repeated = broadcast_to(reshape(parts, shape(p[0], p[1], 1, p[2])), shape(p[0], p[1], times, p[2]));
  return repeated.poisoned ? repeated : reshape(repeated, detail::with_extent(s, axis, s[axis] * times));
}

/// x with another extent along an axis, which is not the batch. Pixels are squares, as in Keras: the middle of the first is at one half.
/// `antialias`: where the axis gets shorter, each pixel is made of all that it covers.
constexpr Symbol resize(Symbol x, int axis, int extent, Interpolation how, bool antialias = false) {
  const int in = x.shape()[axis];
  if (x.poisoned || in == extent) return x;
  if (how == Interpolation::nearest && extent % in == 0) return repeat(x, axis, extent / in);
  const Shape result = detail::with_extent(x.shape(), axis, extent);
  if (how == Interpolation::nearest && in % extent == 0) {
    Window every;
    for (int& stride : every.stride) stride = 1;
    every.stride[axis] = in / extent;
    every.low[axis] = in / extent / 2;
    return slice(x, every, result);
  }
  const Symbol parts = detail::around(x, axis);
  // A product from the left repeats the matrix for all that is in front of the axis; one from the right moves all pixels twice.
  if (long{in} * extent <= long{parts.shape().back()} * (in + extent)) return reshape(matmul(detail::resampling(x, in, extent, 1, how, antialias), parts), result);
  return reshape(transpose(matmul(transpose(parts), detail::resampling(x, in, extent, 0, how, antialias))), result);
}

}  // namespace tenon
