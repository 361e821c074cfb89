// Gradients of convolutions of bfloat16 numbers: in pairs, or widened where there is no kernel for that.
#pragma once

#include <tenon/backend/cpu/bfloat16_kernel_gradient.hpp>
#include <tenon/backend/cpu/bfloat16_pooled_input_gradient.hpp>
#include <tenon/backend/cpu/bfloat16_pooled_kernel_gradient.hpp>
#include <tenon/backend/cpu/kernel_gradient.hpp>
#include <tenon/backend/cpu/pooled_input_gradient.hpp>
#include <tenon/backend/cpu/pooled_kernel_gradient.hpp>
#include <tenon/backend/cpu/widened.hpp>

namespace tenon::cpu::inline TENON_ISA {

template <class T, class G, bool ColumnSums>
struct CpuKernel<T, ConvolveKernelGradient<G, ColumnSums, DType::bfloat16>> {
  static void run(const KernelCall& call) {
    static constexpr Windows w = windows_of<G>();
    const long batch = call.extent[0], results = batch * w.result() * w.filters;
    if constexpr (is_widened<T, Bfloat16> || is_depthwise(w)) {
      run_widened<T, ConvolveKernelGradient<G, ColumnSums>, 2>(call, batch * w.image() * w.channels, results);
    } else {
      const auto* dy = static_cast<const Bfloat16*>(call.in[1]);
      T* dkernel = static_cast<T*>(call.out[0]);
      if (batch == 0) std::fill_n(dkernel, w.kernel(), T(0));
      else PairedKernelGradient<T>{w, static_cast<const Bfloat16*>(call.in[0]), dy, dkernel, batch}.run();
      if constexpr (ColumnSums) sum_columns(static_cast<T*>(call.out[1]), dy, batch * w.result(), w.filters);
    }
  }
};

template <class T, class G, class Epilogue>
struct CpuKernel<T, PooledInputGradient<G, Epilogue, DType::bfloat16>> {
  static void run(const KernelCall& call) {
    static constexpr Windows w = windows_of<G>();
    if constexpr (is_widened<T, Bfloat16>) run_widened<T, PooledInputGradient<G, Epilogue>, 3 + extra_of<Epilogue>>(call, call.extent[0] * w.result() / 4 * w.filters, w.kernel());
    else PairedInputGradient<T, G, Epilogue>::run(call);
  }
};

template <class T, class G>
struct CpuKernel<T, PooledKernelGradient<G, DType::bfloat16>> {
  static void run(const KernelCall& call) {
    static constexpr Windows w = windows_of<G>();
    if constexpr (is_widened<T, Bfloat16> || SmallPatch<T, G>::pays) run_widened<T, PooledKernelGradient<G>, 3>(call, call.extent[0] * w.image() * w.channels, call.extent[0] * w.result() / 4 * w.filters);
    else PairedKernelGradientByFilter<T, G>::run(call);
  }
};

}  // namespace tenon::cpu::inline TENON_ISA
