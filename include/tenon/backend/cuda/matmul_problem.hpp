// What a library for matrix products is told.
#pragma once

namespace tenon::cuda {

/// What is multiplied: row-major matrices, several pairs one after the other.
struct MatmulProblem {
  long matrices, m, n, k;
  bool left_transposed, right_transposed;  ///< they lie as (k, m), and as (n, k)
  bool bfloat16;                            ///< the type of the operands; results are float32
  const void *left, *right;
  float* out = nullptr;
  const float* bias = nullptr;  ///< one number per column is added
  bool relu = false;            ///< behind the bias
};

}  // namespace tenon::cuda
