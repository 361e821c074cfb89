// Kernels of floats for operands of bfloat16.
#pragma once

#include <tenon/backend/cpu/bfloat16.hpp>
#include <tenon/backend/cpu/kernel.hpp>
#include <tenon/backend/cpu/scratch.hpp>
#include <tenon/core/threads.hpp>

namespace tenon::cpu::inline TENON_ISA {

/// How the operands of a kernel lie in memory.
template <class T, DType Operands>
using operand_of = std::conditional_t<Operands == DType::bfloat16, Bfloat16, T>;
/// True where such operands must be widened before they are multiplied.
template <class T, class Operand>
inline constexpr bool is_widened = !std::is_same_v<T, Operand> && !has_pairs<T, Operand>;

/// to(i) = from(i).
template <class T>
void widen(T* to, const Bfloat16* from, long count) {
  parallel_ranges(count, 16 * lanes<T>, static_cast<double>(count) / lanes<T> * 2, [&](long begin, long end) {
    for (long i = begin; i < end; i += lanes<T>) save(to + i, load<T>(from + i, First<T>(end - i)), First<T>(end - i));
  });
}

/// Runs a kernel of floats whose first two inputs, of so many numbers, are bfloat16 here.
template <class T, class Kernel, int Inputs>
void run_widened(const KernelCall& call, long first, long second) {
  T *a = scratch<T, Slot::left>(first), *b = scratch<T, Slot::right>(second);
  widen(a, static_cast<const Bfloat16*>(call.in[0]), first);
  widen(b, static_cast<const Bfloat16*>(call.in[1]), second);
  const void* in[Inputs] = {a, b};
  for (int k = 2; k < Inputs; ++k) in[k] = call.in[k];
  CpuKernel<T, Kernel>::run({in, call.out, call.extent, call.stride, call.noise});
}

}  // namespace tenon::cpu::inline TENON_ISA
