// What a product of matrices is told.
#pragma once

#include <tenon/backend/cpu/epilogue.hpp>

namespace tenon::cpu::inline TENON_ISA {

/// Products of `matrices` pairs of matrices, and what to do with the results.
template <class T, class Operand = T>
struct MatrixProduct {
  long matrices, m, n, k;
  bool left_transposed, right_transposed;
  const Operand* left;
  const Operand* right;
  T* direct;           ///< where the result goes if nothing is done to it, otherwise null; used for whole vectors
  Finisher<T> finish;  ///< what is done to it; beside `direct` it stores the ends of rows
  T* column_sums;      ///< of the right operand, which is not transposed then; or null
  const KernelCall* call;
};

/// So many steps of a sum are made at a time: what they read of the right operand stays in the second-level cache.
inline constexpr long steps_at_once = 1024;

}  // namespace tenon::cpu::inline TENON_ISA
