// One step of a plan, and the step that an elementwise loop is.
#pragma once

#include <utility>

#include <tenon/graph/access.hpp>
#include <tenon/graph/kernel_key.hpp>
#include <tenon/graph/view.hpp>

namespace tenon {

/// One call of a kernel. Inputs are views of stored values, outputs whole values (or, for pad and concatenate, parts of one).
struct Step {
  KernelKey key;
  List<View> in, out;
  List<Extent> extents, strides;
  bool in_place = false;  ///< reads and writes position by position
  int node = -1;          ///< for messages: the operation that gave rise to it
};

namespace detail {

/// The key of a Map.
constexpr KernelKey map_key(int rank, bool strided, const List<Access>& loads, const Expression& e) {
  KernelKey key;
  for (const long word : {kernel_word(KernelKind::map), static_cast<long>(rank), static_cast<long>(strided), static_cast<long>(loads.size())}) key.push_back(word);
  for (const Access load : loads) key.push_back(static_cast<long>(load));
  write_code(key, e);
  return key;
}

/// An elementwise loop over a shape: axes along which all operands run on evenly are merged into one.
constexpr Step map_step(const NodeGraph& g, Expression e, const Shape& shape, List<View> in_views, List<View> out_views, int id) {
  Step s;
  s.node = id;
  s.in = std::move(in_views), s.out = std::move(out_views);
  const List<View>&in = s.in, &out = s.out;
  s.in_place = true;
  bool counted[max_rank]{};  // axes whose position the code asks for
  for (const auto& line : e.code)
    if (line.op == Op::iota) counted[line.a] = true;
  int axes[max_rank]{}, merged_into[max_rank]{}, rank = 0;
  Extent extent[max_rank]{};
  const int operands = in.size() + out.size();
  const auto operand = [&](int k) -> const View& { return k < in.size() ? in[k] : out[k - in.size()]; };
  for (int i = 0; i < shape.rank; ++i) {
    merged_into[i] = rank > 0 ? rank - 1 : 0;
    if (shape.extent[i] == 1 && !(counted[i])) continue;
    const Extent here = extent_of(shape, i);
    bool merge = rank > 0 && !counted[i] && !counted[axes[rank - 1]];
    for (int k = 0; merge && k < operands; ++k) merge = operand(k).stride[axes[rank - 1]] == operand(k).stride[i] * here;
    if (merge) {
      extent[rank - 1] = extent[rank - 1] * here;
      axes[rank - 1] = i;
    } else {
      axes[rank] = i;
      extent[rank++] = here;
      merged_into[i] = rank - 1;
    }
  }
  if (rank == 0) extent[rank++] = {1, false}, axes[0] = max_rank - 1;
  for (auto& line : e.code)
    if (line.op == Op::iota) line.a = merged_into[line.a];
  for (int i = 0; i < rank; ++i) s.extents.push_back(extent[i]);
  s.extents.push_back({1, true});  // the batch, for Op::batch
  for (int k = 0; k < operands; ++k)
    for (int i = 0; i < rank; ++i) s.strides.push_back(shape.rank > axes[i] ? operand(k).stride[axes[i]] : Extent{});

  bool strided = false;
  const Extent one{1, false};
  for (int k = 0; k < out.size(); ++k) strided = strided || !(s.strides[(in.size() + k + 1) * rank - 1] == one || extent[rank - 1] == one);
  List<Access> loads;
  for (int k = 0; k < in.size(); ++k) {
    const Extent step = s.strides[(k + 1) * rank - 1];
    const DType type = g.nodes[in[k].base].dtype;
    const bool moves_bits = is_integer(type) && e.code.empty();  // a copy
    loads.push_back(over(step == Extent{} ? Access::broadcast : step == one ? Access::contiguous : Access::strided, moves_bits ? DType::float32 : type));
  }
  s.key = map_key(rank, strided, loads, e);
  return s;
}

}  // namespace detail
}  // namespace tenon
