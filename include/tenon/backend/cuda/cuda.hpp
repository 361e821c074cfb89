// The GPU backend; needs a compiler for CUDA.
#pragma once

#include <tenon/backend/cuda/platform.hpp>

#include <tenon/backend/cuda/executor.hpp>
#include <tenon/backend/cuda/rows.hpp>
#include <tenon/backend/cuda/totals.hpp>

namespace tenon {

/// The GPU backend under a numeric policy: Float32, Tf32 or MixedBfloat16. Index: which device, as cudaSetDevice counts them.
/// Whatever fails on the device throws CudaError.
///
///     auto model = tn::compile<Net, tn::Cuda>(tn::Adam{}, tn::SparseCategoricalCrossentropy{}, tn::Accuracy{});
///     using Second = tn::CudaWith<tn::MixedBfloat16, 1>;
template <class Policy = Float32, int Index = 0>
struct CudaWith {
  static_assert(detail::is_a_numeric_policy<Policy>, "Tenon: the argument of CudaWith is a numeric policy: Float32, Tf32 or MixedBfloat16");
  static constexpr bool is_backend = true;
  using Platform = cuda::GpuPlatform<Index, std::same_as<Policy, Tf32>>;
  using Device = cuda::CudaDevice<Platform>;
  template <class T>
  using Array = cuda::DeviceArray<Platform, T>;
  template <class Source>
  using Executor = cuda::CudaExecutor<Platform, Policy, Source>;
};
using Cuda = CudaWith<>;

}  // namespace tenon
