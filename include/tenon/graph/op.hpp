// The vocabulary of the graph: every operation there is.
#pragma once

namespace tenon {

/// Every operation of a graph. backend/reference.hpp says what each one means; graph/differentiate.hpp what its derivative is.
enum class Op : unsigned char {
  // sources: no inputs
  argument,  ///< the axis-th argument of the graph
  constant,  ///< the number `value`
  batch,     ///< the number of samples of this call, as a scalar
  random,    ///< uniform in [0, 1), a function of (seed, step, axis, position)
  iota,      ///< 0, 1, 2, ... along axis `axis`

  // elementwise, one input
  neg, abs, sign, floor, ceil, round, trunc, reciprocal, sqrt, rsqrt, cbrt, exp, exp2, expm1, log, log2, log10, log1p,
  sin, cos, tan, asin, acos, atan, sinh, cosh, tanh, asinh, acosh, atanh, erf, erfc, normal_cdf, normal_pdf, lgamma, digamma, sigmoid, softplus,
  relu, is_nan,
  cast,  ///< the nearest bfloat16, which is the node's own type (graph/mixed_precision.hpp)
  stop_gradient,

  // elementwise, two inputs of one shape; a comparison gives 1 or 0
  add, sub, mul, div, pow, mod, atan2, hypot, minimum, maximum,
  less, less_equal, greater, greater_equal, equal, not_equal,

  // elementwise, three inputs of one shape
  select,  ///< in[0] != 0 ? in[1] : in[2]

  // the same elements, seen another way
  expand,     ///< axes of extent 1 repeated, missing leading axes added (NumPy's broadcasting)
  reshape,    ///< the same elements in the same order
  transpose,  ///< axis i of the result is axis permutation(i) of the input
  slice,      ///< window.low[i] + k window.stride[i] along each axis
  pad,        ///< zeros around (and, with a stride, between): the transpose of slice
  concatenate,  ///< two values, one after the other, along `axis`

  // reductions: the reduced axes (the bits of `axis`) stay as extents of 1
  reduce_sum, reduce_prod, reduce_max, reduce_min,
  argmax, argmin,  ///< the first position along the one axis in the bits of `axis`, as int32

  softmax, log_softmax,  ///< along the last axis

  matmul,  ///< (..., M, K) x (..., K, N); axis: Transposed bits; leading axes equal, or absent on the second operand

  // windows over the axes between the first (samples) and the last (channels)
  convolve, convolve_input_gradient, convolve_kernel_gradient,
  max_pool,         ///< the largest value of each window
  max_pool_gather,  ///< in[1] at the position of the largest in[0]
  max_pool_scatter, ///< in[1] (one value per window) added at the position of the largest in[0]
  average_pool, average_pool_gradient,

  // a convolution of which only the largest value of each 2 x 2 window is needed, and its gradients (graph/pool_convolutions.hpp)
  pooled_convolve,          ///< max_pool(convolve(in[0], in[1]))
  pooled_index,             ///< which value of each window that was, 0 to 3, as int8; comes with the pooled_convolve with the id `axis`
  pooled_input_gradient,    ///< convolve_input_gradient of in[0] (one value per window), put where the index in[2] says; in[1]: the kernel
  pooled_kernel_gradient,   ///< convolve_kernel_gradient of in[0] and of in[1] (one value per window), put where the index in[2] says

  gather,       ///< rows of in[0] chosen by the integers in[1]
  scatter_add,  ///< the transpose of gather: rows of in[0] added at the places in[1]

  // a graph that uses another
  call,    ///< calls[axis]: runs a body graph (a loop, a branch)
  result,  ///< the axis-th result of a call
};

inline constexpr int op_count = static_cast<int>(Op::result) + 1;

constexpr bool is_unary(Op op) { return op >= Op::neg && op <= Op::stop_gradient; }
constexpr bool is_binary(Op op) { return op >= Op::add && op <= Op::not_equal; }
constexpr bool is_comparison(Op op) { return op >= Op::less && op <= Op::not_equal; }
constexpr bool is_elementwise(Op op) { return op >= Op::neg && op <= Op::select; }
constexpr bool is_reduction(Op op) { return op >= Op::reduce_sum && op <= Op::argmin; }

/// Bits of a matmul's `axis`: which operand is read transposed.
struct Transposed {
  static constexpr int none = 0, left = 1, right = 2;
};

constexpr const char* name_of(Op op) {
  constexpr const char* names[] = {
      "argument", "constant", "batch", "random", "iota",
      "neg", "abs", "sign", "floor", "ceil", "round", "trunc", "reciprocal", "sqrt", "rsqrt", "cbrt", "exp", "exp2", "expm1", "log", "log2",
      "log10", "log1p", "sin", "cos", "tan", "asin", "acos", "atan", "sinh", "cosh", "tanh", "asinh", "acosh", "atanh", "erf", "erfc",
      "normal_cdf", "normal_pdf", "lgamma", "digamma", "sigmoid", "softplus", "relu", "is_nan", "cast", "stop_gradient",
      "add", "sub", "mul", "div", "pow", "mod", "atan2", "hypot", "minimum", "maximum",
      "less", "less_equal", "greater", "greater_equal", "equal", "not_equal", "select",
      "expand", "reshape", "transpose", "slice", "pad", "concatenate",
      "reduce_sum", "reduce_prod", "reduce_max", "reduce_min", "argmax", "argmin", "softmax", "log_softmax", "matmul",
      "convolve", "convolve_input_gradient", "convolve_kernel_gradient", "max_pool", "max_pool_gather", "max_pool_scatter",
      "average_pool", "average_pool_gradient", "pooled_convolve", "pooled_index", "pooled_input_gradient", "pooled_kernel_gradient", "gather", "scatter_add", "call", "result"};
  static_assert(sizeof(names) / sizeof(*names) == op_count);
  return names[static_cast<int>(op)];
}

}  // namespace tenon
