// Matrix products.
#pragma once

#include <tenon/backend/cpu/bfloat16_multiply.hpp>
#include <tenon/backend/cpu/kernel.hpp>
#include <tenon/backend/cpu/multiply.hpp>
#include <tenon/backend/cpu/row_product.hpp>

namespace tenon::cpu::inline TENON_ISA {

template <class T, int Form, int M, int N, int K, class E, bool ColumnSums, DType Operands>
struct CpuKernel<T, Product<Form, M, N, K, E, ColumnSums, Operands>> {
  using Operand = operand_of<T, Operands>;
  static_assert(!ColumnSums || Form == Transposed::left);

  [[gnu::always_inline]] static void run(const KernelCall& call) {
    if constexpr (std::is_same_v<Operand, T> && is_row_product<T, Form, M, N, K> && !ColumnSums)
      if (call.extent[0] == 1) return row_product<T, N, K, E>(call);
    if constexpr (!std::is_same_v<Operand, T> && is_widened_row_product<T, Form, M, N, K> && !ColumnSums)
      if (call.extent[0] == 1) return widened_row_product<T, N, K, E>(call);
    matrix(call);
  }

 private:
  static void matrix(const KernelCall& call) {
    MatrixProduct<T, Operand> p{};
    p.matrices = call.extent[0];
    p.m = M < 0 ? call.extent[1] : M;
    p.n = N < 0 ? call.extent[2] : N;
    p.k = K < 0 ? call.extent[3] : K;
    p.left_transposed = Form & Transposed::left;
    p.right_transposed = Form & Transposed::right;
    p.left = static_cast<const Operand*>(call.in[0]);
    p.right = static_cast<const Operand*>(call.in[1]);
    if constexpr (is_direct<E>) p.direct = static_cast<T*>(call.out[0]);
    p.finish = &Finish<T, E>::run;
    if constexpr (ColumnSums) p.column_sums = static_cast<T*>(call.out[stores_of<E>]);
    p.call = &call;
    multiply(p);
  }
};

}  // namespace tenon::cpu::inline TENON_ISA
