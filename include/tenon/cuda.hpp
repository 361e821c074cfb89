// The library with its GPU backend, for files that are compiled as CUDA; to be included by itself.
#pragma once

// The CPU's kernels speak to the host's compiler: nvcc need not say that it does not know its pragmas, or that a list is empty.
#if defined(__NVCC__)
#pragma nv_diagnostic push
#pragma nv_diag_suppress 186, 1675
#endif

#include <tenon/core/xtensor.hpp>  // first: nvcc 13 takes other names for std::size_t once it has seen them, and xtensor would not compile

#include <tenon/backend/cuda/cuda.hpp>

#include <tenon/tenon.hpp>

#if defined(__NVCC__)
#pragma nv_diagnostic pop
#endif
