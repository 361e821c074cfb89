// The gradient of a pooled convolution with respect to its kernel.
#pragma once

#include <type_traits>

#include <tenon/backend/cpu/pooled_by_filter.hpp>
#include <tenon/backend/cpu/pooled_by_lookup.hpp>

namespace tenon::cpu::inline TENON_ISA {

template <class T, class G>
struct CpuKernel<T, PooledKernelGradient<G, DType::float32>> : std::conditional_t<SmallPatch<T, G>::pays, KernelGradientByLookup<T, G>, KernelGradientByFilter<T, G>> {};

}  // namespace tenon::cpu::inline TENON_ISA
