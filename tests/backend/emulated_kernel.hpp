// A kernel of the GPU, run on the host.
#pragma once

#include <tenon/backend/cuda/emulator.hpp>
#include <tenon/backend/cuda/kernels.hpp>
#include <tenon/backend/cuda/measure.hpp>

#include <cstddef>
#include <vector>

namespace support {

template <class Kernel>
void run_emulated(const tenon::KernelCall& call) {
  tenon::cuda::Measure measure;
  tenon::cuda::CudaKernel<Kernel>::run(measure, call);
  std::vector<std::byte> room(static_cast<std::size_t>(measure.most()));
  tenon::cuda::Emulator emulator(room.data());
  emulator.set_noise(&call.noise);
  tenon::cuda::CudaKernel<Kernel>::run(emulator, call);
}

}  // namespace support
