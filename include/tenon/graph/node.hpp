// One operation of a graph.
#pragma once

#include <tenon/core/dtype.hpp>
#include <tenon/core/shape.hpp>
#include <tenon/graph/op.hpp>

namespace tenon {

/// How a window walks over its input, axis by axis: convolution and pooling use the axes between samples and channels,
/// slice and pad use `low` and `stride` on all of them.
struct Window {
  int size[max_rank]{};
  int stride[max_rank]{};
  int low[max_rank]{};       ///< padding in front (convolution, pooling, pad) or first element (slice)
  int dilation[max_rank]{};
  int groups = 0;
  constexpr bool operator==(const Window&) const = default;
};

/// One operation: what it is, what it reads, and the shape and type of its result.
struct Node {
  Op op{};
  DType dtype{};
  int in[3]{-1, -1, -1};  ///< the nodes it reads; they have smaller ids
  int axis = 0;           ///< axis, set of axes (bits), permutation, Transposed bits or index: see Op
  int window = -1;        ///< index into the graph's windows
  double value = 0;       ///< of a constant; of an argument of indices: they lie below it (0: nobody looked anything up)
  Shape shape{};

  constexpr int inputs() const { return in[2] >= 0 ? 3 : in[1] >= 0 ? 2 : in[0] >= 0 ? 1 : 0; }
  constexpr bool operator==(const Node& other) const {
    return op == other.op && in[0] == other.in[0] && in[1] == other.in[1] && in[2] == other.in[2] && axis == other.axis &&
           window == other.window && dtype == other.dtype && value == other.value && shape == other.shape;
  }
};

/// A permutation of axes as one number: three bits for each.
constexpr int permutation_of(const int (&axes)[max_rank], int rank) {
  int bits = 0;
  for (int i = 0; i < rank; ++i) bits |= axes[i] << (3 * i);
  return bits;
}
constexpr int permuted_axis(int permutation, int i) { return (permutation >> (3 * i)) & 7; }

}  // namespace tenon
