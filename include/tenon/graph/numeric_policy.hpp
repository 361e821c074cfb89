// With how many bits a model computes.
#pragma once

#include <concepts>

#include <tenon/graph/mixed_precision.hpp>

namespace tenon {

/// The numeric policy of those who name none: float32 everywhere.
struct Float32 {
  static constexpr NodeGraph apply(const NodeGraph& g, bool = false) { return g; }
};

/// float32, but that products on a GPU may round their operands to 10 bits of fraction (TensorFloat-32: half a unit of 2^-11, and several times
/// the speed). On other backends the same as Float32.
struct Tf32 : Float32 {};

/// Products, convolutions and their gradients multiply bfloat16 numbers and add up float32; all else is float32: weights and what the optimizer
/// remembers, biases, activations' functions, normalisations, softmax, losses, metrics. Follows Keras's policy "mixed_bfloat16", but that
/// results of products are not rounded. A bfloat16 has eight significant bits, so an operand changes by up to 0.2 %
/// (half a unit of 2^-8); numbers below 2^-126 count as zero.
///
///     using Mixed = tn::CpuWith<tn::MixedBfloat16>;
///     auto model = tn::compile<Net, Mixed>(tn::Adam{}, tn::SparseCategoricalCrossentropy{}, tn::Accuracy{});
///     tn::Inference<Net, Mixed> net{model};  // of any model or file of Net; keeps the weights of products as bfloat16
struct MixedBfloat16 {
  static constexpr NodeGraph apply(const NodeGraph& g, bool weights = false) { return mixed_precision(g, DType::bfloat16, weights); }
};

/// A policy is a pass that inserts casts; its second argument says whether weights are given as they are read.
template <class P>
concept numeric_policy = requires(const NodeGraph& g) { { P::apply(g, false) } -> std::same_as<NodeGraph>; };

namespace detail {

template <class P>
inline constexpr bool is_a_numeric_policy = numeric_policy<P>;

}  // namespace detail
}  // namespace tenon
