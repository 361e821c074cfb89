// Matrix products.
#pragma once

#include <tenon/backend/cuda/epilogue.hpp>
#include <tenon/backend/cuda/kernel.hpp>
#include <tenon/backend/cuda/matmul_problem.hpp>
#include <tenon/backend/cuda/products.hpp>
#include <tenon/backend/cuda/reduce.hpp>

namespace tenon::cuda {

/// A matrix that lies row by row, or column by column if Transposed; several of them one after the other.
template <class Number, bool IsTransposed>
struct MatrixView {
  const Number* numbers;
  long rows, columns;

  TENON_HOST_DEVICE float operator()(long matrix, long row, long column) const {
    return static_cast<float>(numbers[matrix * rows * columns + (IsTransposed ? column * rows + row : row * columns + column)]);
  }
};
template <class Number, bool IsTransposed>
struct LeftMatrix : MatrixView<Number, IsTransposed> {
  static constexpr bool along_k = !IsTransposed;
};
template <class Number, bool IsTransposed>
struct RightMatrix : MatrixView<Number, IsTransposed> {
  static constexpr bool along_k = IsTransposed;
};

/// An epilogue of cuBLASLt: a bias per column, perhaps with ReLU behind it, that is stored and nothing else.
template <class Epilogue>
inline constexpr bool is_bias = false;
template <>
inline constexpr bool is_bias<Epilogue<Code<2, Instruction<Op::add, 0, 1>>, Operands<Operand::per_column>, Stores<2>>> = true;
template <class Epilogue>
inline constexpr bool is_bias_relu = false;
template <>
inline constexpr bool is_bias_relu<Epilogue<Code<2, Instruction<Op::add, 0, 1>, Instruction<Op::relu, 2>>, Operands<Operand::per_column>, Stores<3>>> = true;

/// The first output, if it is floats: there a product may lie before its epilogue.
template <class Epilogue>
inline constexpr bool first_is_float = false;
template <class Code, class Operands, int First, int... Others>
inline constexpr bool first_is_float<Epilogue<Code, Operands, Stores<First, Others...>>> = !is_rounded(First);

/// The epilogue of a product that lies in memory; where it overwrites it, each thread has read its own number before.
template <class Epilogue>
struct FinishEach {
  Finish<Epilogue> finish;
  const float* product;
  TENON_HOST_DEVICE void operator()(long i) const { finish(product[i], i / finish.width, i % finish.width); }
};

/// Hands the results of a stack of matrices to an epilogue, which counts rows through all of them.
template <class Epilogue>
struct FinishMatrix {
  static constexpr bool window = false;
  Finish<Epilogue> finish;
  long rows;

  TENON_HOST_DEVICE void operator()(float value, long matrix, long row, long column) const { finish(value, matrix * rows + row, column); }
};

template <int Form, int M, int N, int K, class E, bool ColumnSums, DType Operands>
struct CudaKernel<Product<Form, M, N, K, E, ColumnSums, Operands>> {
  using Number = OperandOf<Operands>;
  static constexpr bool left_transposed = Form & Transposed::left, right_transposed = Form & Transposed::right;

  template <class System>
  static void run(System& system, const KernelCall& call) {
    const long matrices = call.extent[0], m = call.extent[1], n = call.extent[2], k = call.extent[3];
    const auto* const left = static_cast<const Number*>(call.in[0]);
    const auto* const right = static_cast<const Number*>(call.in[1]);
    const auto finish = Finish<E>::of(call, 2, n, system.noise());
    if constexpr (ColumnSums) reduce<Op::reduce_sum>(system, right, static_cast<float*>(call.out[stores_of<E>]), 1, k, n);
    if (pays(matrices, m, n, k)) return by_library(system, {matrices, m, n, k, left_transposed, right_transposed, Operands == DType::bfloat16, left, right}, call, finish);
    run_product<N>(system, matrices, m, n, k, LeftMatrix<Number, left_transposed>{{left, m, k}}, RightMatrix<Number, right_transposed>{{right, k, n}}, FinishMatrix<E>{finish, m});
  }

 private:
  /// A library's kernel and another for the epilogue, or one of ours for both?
  static bool pays(long matrices, long m, long n, long k) { return matrices > 0 && m >= 16 && n >= 16 && k >= 16 && m * n * k >= 1L << 20; }

  template <class System>
  static void by_library(System& system, MatmulProblem problem, const KernelCall& call, const Finish<E>& finish) {
    constexpr bool fused = is_bias<E> || is_bias_relu<E>;
    const long results = problem.matrices * problem.m * problem.n;
    problem.out = static_cast<float*>(first_is_float<E> ? call.out[0] : system.room(4 * results));
    if constexpr (fused) problem.bias = static_cast<const float*>(call.in[2]), problem.relu = is_bias_relu<E>;
    system.matmul(problem);
    if constexpr (!fused && !std::is_same_v<E, NoEpilogue>) system.each(results, FinishEach<E>{finish, problem.out});
  }
};

}  // namespace tenon::cuda
