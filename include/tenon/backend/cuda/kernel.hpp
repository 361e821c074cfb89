// What a kernel of the GPU backend is.
#pragma once

#include <type_traits>

#include <tenon/backend/cuda/annotations.hpp>
#include <tenon/backend/kernels.hpp>
#include <tenon/core/bfloat16.hpp>

namespace tenon::cuda {

/// The implementation of a kernel type of backend/kernels.hpp; its specialisations are in the files of this folder:
///
///     template <class System> static void run(System& system, const KernelCall& call);
///
/// A kernel is written as a body, a struct that holds what it needs by value, and handed to a system: the GPU (gpu.hpp), or the emulator
/// (emulator.hpp), which runs the same body on the host. Two kinds of body:
///
///     system.each(count, body);    // body(i) for i = 0, …, count - 1, in any order
///     system.blocks(count, body);  // body(block, group, shared): Body::threads threads that share memory, see group.hpp
///
///     system.matmul(problem);      // a large matrix product, by a library
///
/// A system also gives room(bytes), memory until the next call of it, and noise(), where the random numbers' seed and step lie.
template <class Kernel>
struct CudaKernel;

/// The numbers that a kernel's operands are.
template <DType D>
using OperandOf = std::conditional_t<D == DType::bfloat16, Bfloat16, float>;

}  // namespace tenon::cuda
