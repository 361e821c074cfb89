// How kernels read their operands.
#pragma once

#include <tenon/core/dtype.hpp>

namespace tenon {

/// How an operand of a Map moves along the innermost axis, and what it holds.
enum class Access : unsigned char { contiguous, broadcast, strided, contiguous_int, broadcast_int, strided_int, contiguous_bfloat16, broadcast_bfloat16, strided_bfloat16 };

/// The same movement over numbers of this type, and over floats.
constexpr Access over(Access movement, DType type) {
  return static_cast<Access>(static_cast<int>(movement) + static_cast<int>(type == DType::bfloat16 ? Access::contiguous_bfloat16 : is_integer(type) ? Access::contiguous_int : Access::contiguous));
}
constexpr Access movement_of(Access a) { return static_cast<Access>(static_cast<int>(a) % static_cast<int>(Access::contiguous_int)); }

/// How an extra operand of an epilogue relates to the result, seen as a matrix (rows, columns).
enum class Operand : unsigned char { full, per_column, per_row, scalar, full_bfloat16, per_column_bfloat16, per_row_bfloat16, scalar_bfloat16 };

/// The same relation of numbers of this type, and of floats.
constexpr Operand over(Operand relation, DType type) {
  return static_cast<Operand>(static_cast<int>(relation) + static_cast<int>(type == DType::bfloat16 ? Operand::full_bfloat16 : Operand::full));
}
constexpr Operand relation_of(Operand o) { return static_cast<Operand>(static_cast<int>(o) % static_cast<int>(Operand::full_bfloat16)); }

}  // namespace tenon
