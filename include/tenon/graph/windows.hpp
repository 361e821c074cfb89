// Operations that slide a window over an image: convolution and pooling.
#pragma once

#include <tenon/graph/symbol.hpp>

namespace tenon {

/// How the border is treated: `valid` uses whole windows only; `same` pads with zeros so that ceil(extent / stride) windows fit,
/// `causal` as well, but in front only.
enum class Padding : unsigned char { valid, same, causal };

namespace detail {

/// How many elements of an axis one window spans.
constexpr long reach_of(const Window& window, int axis) { return (window.size[axis] - 1L) * window.dilation[axis] + 1; }

/// True if positions of this window, on any image that there is memory for, can be counted in an int.
constexpr bool is_small(const Window& window, int rank) {
  constexpr long most = 1L << 28;
  for (int i = 1; i + 1 < rank; ++i)
    if (reach_of(window, i) > most || window.stride[i] > most) return false;
  return true;
}

/// Completes a window (size, stride, dilation are set on the spatial axes) for this input, and gives the shape of the result.
constexpr Shape slide(const Shape& x, Window& window, Padding padding) {
  Shape shape = x;
  for (int i = 1; i + 1 < x.rank; ++i) {
    const long reach = reach_of(window, i), extent = x.extent[i], stride = window.stride[i];
    if (padding == Padding::valid) {
      shape.extent[i] = extent < reach ? 0 : static_cast<int>((extent - reach) / stride + 1);
    } else {
      shape.extent[i] = static_cast<int>((extent + stride - 1) / stride);
      const long missing = (shape.extent[i] - 1) * stride + reach - extent;
      window.low[i] = padding == Padding::causal ? static_cast<int>(reach - 1) : missing > 0 ? static_cast<int>(missing / 2) : 0;  // one more behind than in front when odd, as Keras
    }
  }
  return shape;
}
constexpr bool fits(const Shape& shape) {
  for (int i = 1; i + 1 < shape.rank; ++i)
    if (shape.extent[i] < 1) return false;
  return true;
}
constexpr Shape spatial(const Window& window, int rank) {
  Shape s;
  for (int i = 1; i + 1 < rank; ++i) s = s.append(window.size[i]);
  return s;
}
constexpr Symbol window_operation(Op op, Symbol x, Symbol other, int window, const Shape& shape) {
  return emit(x, {.op = op, .in = {as_float(x).id, as_float(other).id, -1}, .window = window, .shape = shape}, x.poisoned || other.poisoned);
}

constexpr Symbol pool(Op op, Symbol x, Window window, Padding padding) {
  if (x.poisoned) return x;
  if (x.shape().rank < 3) return mistake(x, Problem::not_an_image, x.shape());
  for (int i = 1; i + 1 < x.shape().rank; ++i) window.dilation[i] = 1;
  const Shape shape = slide(x.shape(), window, padding);
  if (!fits(shape)) return mistake(x, Problem::pool_larger_than_image, x.shape(), spatial(window, x.shape().rank));
  if (!is_small(window, shape.rank)) return mistake(x, Problem::too_large);
  return emit(x, {.op = op, .in = {as_float(x).id, -1, -1}, .window = x.home().add_window(window), .shape = shape});
}

}  // namespace detail

/// Cross-correlation, as Keras's Conv layers: x (B, spatial..., C), kernel (window..., C / groups, Filters) -> (B, spatial'..., Filters).
constexpr Symbol convolve(Symbol x, Symbol kernel, Window window, Padding padding) {
  if (x.poisoned || kernel.poisoned) return {x.trace, x.graph, x.id, true};
  const Shape k = kernel.shape();
  if (x.shape().rank < 3 || k.rank != x.shape().rank) return detail::mistake(x, Problem::not_an_image, x.shape());
  for (int i = 1; i + 1 < x.shape().rank; ++i) window.size[i] = k.extent[i - 1];
  if (window.groups < 1 || x.shape().back() % window.groups != 0 || k.back() % window.groups != 0 || k[-2] * window.groups != x.shape().back())
    return detail::mistake(x, Problem::groups_do_not_divide, x.shape(), shape(window.groups, k.back()));
  Shape shape = detail::slide(x.shape(), window, padding);
  if (!detail::fits(shape)) return detail::mistake(x, Problem::kernel_larger_than_image, x.shape(), detail::spatial(window, x.shape().rank));
  if (!detail::is_small(window, shape.rank)) return detail::mistake(x, Problem::too_large);
  shape[-1] = k.back();
  return detail::window_operation(Op::convolve, x, kernel, x.home().add_window(window), shape);
}

/// The transpose of `convolve`, as Keras's ConvTranspose layers: x (B, spatial..., C), kernel (window..., Filters, C) -> (B, spatial'..., Filters).
/// `output_padding`: how much longer each axis is than it must be, or null for Keras's default.
constexpr Symbol convolve_transpose(Symbol x, Symbol kernel, Window window, Padding padding, const int* output_padding = nullptr) {
  if (x.poisoned || kernel.poisoned) return {x.trace, x.graph, x.id, true};
  const Shape k = kernel.shape();
  Shape shape = x.shape();
  if (shape.rank < 3 || k.rank != shape.rank) return detail::mistake(x, Problem::not_an_image, shape);
  if (shape.back() != k.back()) return detail::mistake(x, Problem::groups_do_not_divide, shape, tenon::shape(1, k.back()));
  window.groups = 1;
  for (int i = 1; i + 1 < shape.rank; ++i) {
    window.size[i] = k.extent[i - 1];
    if (!detail::is_small(window, shape.rank)) return detail::mistake(x, Problem::too_large);
    const long reach = detail::reach_of(window, i), stride = window.stride[i], least = (shape.extent[i] - 1) * stride;
    const long extra = output_padding ? output_padding[i - 1] : padding != Padding::valid ? stride - reach % 2 : stride > reach ? stride - reach : 0;
    const long extent = least + extra + (padding == Padding::valid ? reach : reach % 2);
    if (extent > max_elements) return detail::mistake(x, Problem::too_large);
    shape.extent[i] = static_cast<int>(extent);
    // Keras surrounds x with so many zeros that this extent comes out, and puts half of them in front, one more when odd.
    const long in_front = (reach - 1 + extra + reach % 2) / 2;
    window.low[i] = padding == Padding::valid || in_front >= reach ? 0 : static_cast<int>(reach - 1 - in_front);
  }
  shape[-1] = k[-2];
  return detail::window_operation(Op::convolve_input_gradient, x, kernel, x.home().add_window(window), shape);
}

/// The largest value of each window, channel by channel.
constexpr Symbol max_pool(Symbol x, const Window& window, Padding padding) { return detail::pool(Op::max_pool, x, window, padding); }
/// The mean of each window, channel by channel; padding does not count.
constexpr Symbol average_pool(Symbol x, const Window& window, Padding padding) { return detail::pool(Op::average_pool, x, window, padding); }

}  // namespace tenon
