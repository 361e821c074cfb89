// What a kernel must know, as a list of numbers: two steps with equal lists share one instantiation.
#pragma once

#include <bit>
#include <initializer_list>

#include <tenon/graph/expression.hpp>
#include <tenon/graph/extent.hpp>

namespace tenon {

enum class KernelKind : int { map, product, convolve, convolve_input_gradient, convolve_kernel_gradient, pool, reduce, softmax, gather, scatter_add,
                              pooled_convolve, pooled_input_gradient, pooled_kernel_gradient };

using KernelKey = List<long>;

/// The first word of a key: what kind of kernel it is, and of what type its operands are.
constexpr long kernel_word(KernelKind kind, DType operands = DType::float32) { return static_cast<long>(kind) | static_cast<long>(operands) << 8; }
constexpr KernelKind kind_of(long word) { return static_cast<KernelKind>(word & 255); }
constexpr DType operands_of(long word) { return static_cast<DType>(word >> 8); }

namespace detail {

constexpr void write_code(KernelKey& key, const Expression& e) {
  key.push_back(e.code.size());
  for (const auto& line : e.code) {
    for (const long word : {static_cast<long>(line.op), static_cast<long>(line.a), static_cast<long>(line.b), static_cast<long>(line.c)}) key.push_back(word);
    key.push_back(std::bit_cast<long>(line.value));
  }
  key.push_back(e.registers.size());
  for (const int r : e.registers) key.push_back(r);
}

/// An extent that is known while compiling, or -1.
constexpr long known(Extent e) { return e.batched ? -1 : e.n; }

/// Numbers of the geometry of a window operation between an image and a result.
constexpr void write_geometry(KernelKey& key, const Window& w, const Shape& image, const Shape& result) {
  const int rank = image.rank - 2;
  key.push_back(rank);
  key.push_back(image.back());
  key.push_back(result.back());
  key.push_back(w.groups > 0 ? w.groups : 1);
  for (int i = 1; i <= rank; ++i) key.push_back(image.extent[i]);
  for (int i = 1; i <= rank; ++i) key.push_back(result.extent[i]);
  for (int i = 1; i <= rank; ++i) key.push_back(w.size[i]);
  for (int i = 1; i <= rank; ++i) key.push_back(w.stride[i]);
  for (int i = 1; i <= rank; ++i) key.push_back(w.low[i]);
  for (int i = 1; i <= rank; ++i) key.push_back(w.dilation[i]);
}

/// The result of a convolution behind which 2 x 2 windows are pooled, as far as windows cover it.
constexpr Shape before_pool(Shape pooled) {
  for (int i = 1; i + 1 < pooled.rank; ++i) pooled.extent[i] *= 2;
  return pooled;
}

}  // namespace detail
}  // namespace tenon
