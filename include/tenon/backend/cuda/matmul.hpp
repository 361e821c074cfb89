// Matrix products by cuBLASLt.
#pragma once

#include <cstddef>
#include <cstdint>

#include <tenon/backend/cuda/error.hpp>
#include <tenon/backend/cuda/matmul_problem.hpp>

namespace tenon::cuda {

/// The library with its workspace. One stream uses it at a time.
class Matmul {
 public:
  Matmul() { check(cublasLtCreate(&handle_), "cublasLtCreate"); }
  Matmul(const Matmul&) = delete;
  ~Matmul() {
    static_cast<void>(cudaFree(workspace_));
    static_cast<void>(cublasLtDestroy(handle_));
  }

  /// tf32: operands of float32 may be rounded to 10 bits of fraction.
  void run(const MatmulProblem& p, bool tf32, cudaStream_t stream) {
    if (workspace_ == nullptr) check(cudaMalloc(&workspace_, workspace_bytes), "cudaMalloc of a workspace");
    // The library's matrices lie column by column: ours are its transposes, and so is our product: out^T = right^T left^T.
    const Description operation(p, tf32);
    const Layout a(p.bfloat16, p.right_transposed ? p.k : p.n, p.right_transposed ? p.n : p.k, p.matrices, p.k * p.n);
    const Layout b(p.bfloat16, p.left_transposed ? p.m : p.k, p.left_transposed ? p.k : p.m, p.matrices, p.m * p.k);
    const Layout c(false, p.n, p.m, p.matrices, p.m * p.n);
    const cublasLtMatmulAlgo_t algorithm = choose(operation.get, a.get, b.get, c.get);
    const float one = 1, zero = 0;
    check(cublasLtMatmul(handle_, operation.get, &one, p.right, a.get, p.left, b.get, &zero, p.out, c.get, p.out, c.get, &algorithm, workspace_, workspace_bytes, stream), "cublasLtMatmul");
  }

 private:
  static constexpr std::size_t workspace_bytes = 32u << 20;

  struct Description {
    cublasLtMatmulDesc_t get = nullptr;
    Description(const MatmulProblem& p, bool tf32) {
      check(cublasLtMatmulDescCreate(&get, tf32 && !p.bfloat16 ? CUBLAS_COMPUTE_32F_FAST_TF32 : CUBLAS_COMPUTE_32F, CUDA_R_32F), "cublasLtMatmulDescCreate");
      set(CUBLASLT_MATMUL_DESC_TRANSA, p.right_transposed ? CUBLAS_OP_T : CUBLAS_OP_N);
      set(CUBLASLT_MATMUL_DESC_TRANSB, p.left_transposed ? CUBLAS_OP_T : CUBLAS_OP_N);
      if (p.bias == nullptr) return;
      set(CUBLASLT_MATMUL_DESC_EPILOGUE, p.relu ? CUBLASLT_EPILOGUE_RELU_BIAS : CUBLASLT_EPILOGUE_BIAS);
      set(CUBLASLT_MATMUL_DESC_BIAS_POINTER, p.bias);
    }
    Description(const Description&) = delete;
    ~Description() { cublasLtMatmulDescDestroy(get); }
    template <class T>
    void set(cublasLtMatmulDescAttributes_t attribute, const T& value) {
      check(cublasLtMatmulDescSetAttribute(get, attribute, &value, sizeof value), "cublasLtMatmulDescSetAttribute");
    }
  };
  struct Layout {
    cublasLtMatrixLayout_t get = nullptr;
    Layout(bool bfloat16, long rows, long columns, long matrices, long distance) {
      check(cublasLtMatrixLayoutCreate(&get, bfloat16 ? CUDA_R_16BF : CUDA_R_32F, static_cast<std::uint64_t>(rows), static_cast<std::uint64_t>(columns), rows), "cublasLtMatrixLayoutCreate");
      const auto count = static_cast<std::int32_t>(matrices);
      const std::int64_t stride = distance;
      check(cublasLtMatrixLayoutSetAttribute(get, CUBLASLT_MATRIX_LAYOUT_BATCH_COUNT, &count, sizeof count), "cublasLtMatrixLayoutSetAttribute");
      check(cublasLtMatrixLayoutSetAttribute(get, CUBLASLT_MATRIX_LAYOUT_STRIDED_BATCH_OFFSET, &stride, sizeof stride), "cublasLtMatrixLayoutSetAttribute");
    }
    Layout(const Layout&) = delete;
    ~Layout() { cublasLtMatrixLayoutDestroy(get); }
  };

  cublasLtMatmulAlgo_t choose(cublasLtMatmulDesc_t operation, cublasLtMatrixLayout_t a, cublasLtMatrixLayout_t b, cublasLtMatrixLayout_t c) const {
    struct Preference {
      cublasLtMatmulPreference_t get = nullptr;
      ~Preference() { cublasLtMatmulPreferenceDestroy(get); }
    } preference;
    check(cublasLtMatmulPreferenceCreate(&preference.get), "cublasLtMatmulPreferenceCreate");
    check(cublasLtMatmulPreferenceSetAttribute(preference.get, CUBLASLT_MATMUL_PREF_MAX_WORKSPACE_BYTES, &workspace_bytes, sizeof workspace_bytes), "cublasLtMatmulPreferenceSetAttribute");
    constexpr std::uint32_t alignment = 64;  // of what lies in the arena and among the weights; the library would rely on 256
    for (const auto matrix : {CUBLASLT_MATMUL_PREF_MIN_ALIGNMENT_A_BYTES, CUBLASLT_MATMUL_PREF_MIN_ALIGNMENT_B_BYTES, CUBLASLT_MATMUL_PREF_MIN_ALIGNMENT_C_BYTES, CUBLASLT_MATMUL_PREF_MIN_ALIGNMENT_D_BYTES})
      check(cublasLtMatmulPreferenceSetAttribute(preference.get, matrix, &alignment, sizeof alignment), "cublasLtMatmulPreferenceSetAttribute");
    cublasLtMatmulHeuristicResult_t found{};
    int count = 0;
    check(cublasLtMatmulAlgoGetHeuristic(handle_, operation, a, b, c, c, preference.get, 1, &found, &count), "cublasLtMatmulAlgoGetHeuristic");
    if (count == 0) throw CudaError("cublasLtMatmulAlgoGetHeuristic: there is no algorithm for this product");
    return found.algo;
  }

  cublasLtHandle_t handle_ = nullptr;
  void* workspace_ = nullptr;
};

}  // namespace tenon::cuda
