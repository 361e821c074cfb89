// What a CPU kernel is.
#pragma once

#include <tenon/backend/cpu/arithmetic.hpp>
#include <tenon/backend/kernels.hpp>

namespace tenon::cpu::inline TENON_ISA {

/// The implementation of a kernel type of backend/kernels.hpp, in the precision T; its specialisations are in the files of this folder:
///
///     static void run(const KernelCall& call);
template <class T, class Kernel>
struct CpuKernel;

}  // namespace tenon::cpu::inline TENON_ISA

namespace tenon {
using cpu::CpuKernel;
}
