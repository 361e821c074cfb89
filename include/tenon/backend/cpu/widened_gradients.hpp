// Gradients of convolutions of bfloat16 numbers that have no kernels of their own: the numbers are widened.
#pragma once

#include <tenon/backend/cpu/kernel_gradient.hpp>
#include <tenon/backend/cpu/pooled_input_gradient.hpp>
#include <tenon/backend/cpu/pooled_kernel_gradient.hpp>
#include <tenon/backend/cpu/widened.hpp>

namespace tenon::cpu::inline TENON_ISA {

template <class T, class G, bool ColumnSums>
struct CpuKernel<T, ConvolveKernelGradient<G, ColumnSums, DType::bfloat16>> {
  static void run(const KernelCall& call) {
    static constexpr Windows w = windows_of<G>();
    run_widened<T, ConvolveKernelGradient<G, ColumnSums>, 2>(call, call.extent[0] * w.image() * w.channels, call.extent[0] * w.result() * w.filters);
  }
};

template <class T, class G, class Epilogue>
struct CpuKernel<T, PooledInputGradient<G, Epilogue, DType::bfloat16>> {
  static void run(const KernelCall& call) {
    static constexpr Windows w = windows_of<G>();
    run_widened<T, PooledInputGradient<G, Epilogue>, 3 + extra_of<Epilogue>>(call, call.extent[0] * w.result() / 4 * w.filters, w.kernel());
  }
};

template <class T, class G>
struct CpuKernel<T, PooledKernelGradient<G, DType::bfloat16>> {
  static void run(const KernelCall& call) {
    static constexpr Windows w = windows_of<G>();
    run_widened<T, PooledKernelGradient<G>, 3>(call, call.extent[0] * w.image() * w.channels, call.extent[0] * w.result() / 4 * w.filters);
  }
};

}  // namespace tenon::cpu::inline TENON_ISA
