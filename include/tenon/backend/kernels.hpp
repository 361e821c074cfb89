// The kernels that a plan may call, as types: everything a kernel needs to know while it is compiled, and nothing else.
#pragma once

#include <bit>
#include <cstdint>

#include <tenon/backend/frame.hpp>
#include <tenon/graph/access.hpp>
#include <tenon/graph/node.hpp>
#include <tenon/graph/store.hpp>

namespace tenon {

/// A number of an expression: constants are template arguments by their bits, because not every compiler takes a double.
template <std::uint64_t Bits>
inline constexpr double number_of = std::bit_cast<double>(Bits);

/// One operation of a fused expression: a new register from the registers A, B, C. `Bits` is the value of Op::constant;
/// A is the axis of the iteration for Op::iota, and the number of the node for Op::random.
template <Op O, int A = -1, int B = -1, int C = -1, std::uint64_t Bits = 0>
struct Instruction {
  static constexpr Op op = O;
  static constexpr int a = A, b = B, c = C;
  static constexpr double value = number_of<Bits>;
};

/// A fused elementwise expression: straight-line code over registers. The first `Inputs` registers are loaded; each
/// instruction adds one. Equal code is one type, whatever model it comes from.
template <int Inputs, class... Instructions>
struct Code {
  static constexpr int inputs = Inputs;
  static constexpr int registers = Inputs + static_cast<int>(sizeof...(Instructions));
};

/// The registers that are stored, one for each output, as graph/store.hpp names them.
template <int... Registers>
struct Stores {
  static constexpr int count = sizeof...(Registers);
};

/// How each operand of a Map is read.
template <Access... Inputs>
struct Loads {
  static constexpr int count = sizeof...(Inputs);
};

/// What a kernel is given at run time. The meaning of `extent` and `stride` is each kernel's own.
struct KernelCall {
  const void* const* in = nullptr;
  void* const* out = nullptr;
  const long* extent = nullptr;
  const long* stride = nullptr;
  Noise noise{};
};

/// Elementwise: runs the code at every position of an iteration space of `Rank` axes (innermost last).
/// extent: Rank numbers. stride (in elements): Rank for each input, then Rank for each output. Outputs are contiguous along
/// the innermost axis, or strided if `StridedOutput`. Op::batch reads extent[Rank], which the plan appends; the position of
/// Op::random is the row-major index in the iteration space.
template <int Rank, class Code, class Loads, class Stores, bool StridedOutput = false>
struct Map {};

/// How each extra operand of an epilogue relates to the result.
template <Operand... Inputs>
struct Operands {
  static constexpr int count = sizeof...(Inputs);
};

/// What is done to a result while it is in registers: register 0 is the result, the next ones the extra operands (in order),
/// then the code's. The stored registers become the outputs, dense with the result's shape.
template <class Code, class Operands, class Stores>
struct Epilogue {};
using NoEpilogue = Epilogue<Code<1>, Operands<>, Stores<0>>;

/// Matrix product of dense row-major matrices, `extent` = {matrices, M, N, K}; an extent that is known is also a template
/// argument, otherwise -1. Bits of Form: Transposed (graph/op.hpp): the left operand lies as (K, M), the right one as (N, K).
/// in: left, right, extra operands. out: the stored registers; with `ColumnSums` (left transposed, one matrix) one more: the
/// sum of the right operand's K rows, (N) - a bias gradient that rides along. Operands: the type of left and right; the rest is float.
template <int Form, int M, int N, int K, class Epilogue, bool ColumnSums = false, DType Operands = DType::float32>
struct Product {};

template <int... Values>
struct Ints {
  static constexpr int count = sizeof...(Values);
  static constexpr int values[sizeof...(Values) + 1] = {Values..., 0};
};
/// The geometry of a window operation on (batch, Image..., Channels): everything but the batch.
template <class Image, int Channels, class Result, int Filters, class Size, class Stride, class Low, class Dilation, int Groups>
struct Geometry {
  using image = Image;    ///< spatial extents of the input, Ints<H, W>
  using result = Result;  ///< spatial extents of the output
  using size = Size;
  using stride = Stride;
  using low = Low;        ///< padding in front
  using dilation = Dilation;
  static constexpr int rank = Image::count, channels = Channels, filters = Filters, groups = Groups;
};

/// Convolution: in x (B, Image..., Channels), kernel (Size..., Channels / Groups, Filters), extra operands; out (B, Result..., Filters).
/// extent = {B} in this and the following kernels. Operands: the type of the first two of `in`.
template <class Geometry, class Epilogue, DType Operands = DType::float32>
struct Convolve {};
/// in dy (B, Result..., Filters), kernel, extra operands; out dx (B, Image..., Channels).
template <class Geometry, class Epilogue, DType Operands = DType::float32>
struct ConvolveInputGradient {};
/// in x, dy; out dkernel (Size..., Channels / Groups, Filters); with `ColumnSums` one more: dy summed over all but the last axis.
template <class Geometry, bool ColumnSums, DType Operands = DType::float32>
struct ConvolveKernelGradient {};

/// The three of them where the result is pooled in windows of 2 x 2 (the geometry's result has an even number of rows and columns,
/// those that windows cover). in x, kernel, extra operands; out (B, Result / 2..., Filters) before them, the epilogue's input being the
/// largest value of each window; with `Index` one more: which one it was (int8, row by row).
template <class Geometry, class Epilogue, bool Index, DType Operands = DType::float32>
struct PooledConvolve {};
/// in dy (B, Result / 2..., Filters), kernel, index, extra operands; out dx (B, Image..., Channels).
template <class Geometry, class Epilogue, DType Operands = DType::float32>
struct PooledInputGradient {};
/// in x, dy, index; out dkernel.
template <class Geometry, DType Operands = DType::float32>
struct PooledKernelGradient {};

/// Pooling on a geometry with Filters = Channels, without dilation or groups. What: the operation of graph/op.hpp:
/// max_pool (x) → y, max_pool_gather (x, v) → y, max_pool_scatter (x, dy) → dx, average_pool (x) → y, average_pool_gradient (dy) → dx.
template <Op What, class Geometry>
struct Pool {};

/// in (outer, reduced, inner) → out (outer, inner), by `What` (a reduction of graph/op.hpp); extent = {outer, reduced, inner}.
/// argmax and argmin store int32. Inner is -1 unless it is known to be 1.
template <Op What, int Inner, DType Operand = DType::float32>
struct Reduce {};

/// Softmax or log_softmax along rows of N elements; extent = {rows}.
template <Op What, int N>
struct RowSoftmax {};

/// Rows of a table (rows of `extent[1]` elements) chosen by `extent[0]` int32 indices. in: table, indices.
struct Gather {};
/// The transpose: in: rows, indices; out: a table of extent[2] rows, zero where no index points. Equal indices add up in order.
struct ScatterAdd {};

}  // namespace tenon
