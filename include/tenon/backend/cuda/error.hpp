// What goes wrong on a device, as exceptions.
#pragma once

#include <stdexcept>
#include <string>

#include <cublasLt.h>
#include <cuda_runtime_api.h>

namespace tenon {

/// A call of CUDA or of one of its libraries failed; what() names the call and says why.
struct CudaError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

namespace cuda {

inline void check(cudaError_t error, const char* call) {
  if (error == cudaSuccess) return;
  static_cast<void>(cudaGetLastError());  // an error that does not stay is forgotten
  throw CudaError(std::string(call) + ": " + cudaGetErrorString(error) + " (" + cudaGetErrorName(error) + ")");
}
inline void check(cublasStatus_t status, const char* call) {
  if (status != CUBLAS_STATUS_SUCCESS) throw CudaError(std::string(call) + ": " + cublasLtGetStatusString(status) + " (" + cublasLtGetStatusName(status) + ")");
}

}  // namespace cuda
}  // namespace tenon
