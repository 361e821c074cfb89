// Fused elementwise expressions over an iteration space of any rank.
#pragma once

#include <cstdint>

#include <tenon/backend/cuda/evaluate.hpp>
#include <tenon/backend/cuda/kernel.hpp>

namespace tenon::cuda {

/// Takes the innermost axis off a position: what is left is divided by the extent, the rest is returned. In 32 bits where they are
/// enough, because the device divides those several times as fast.
TENON_HOST_DEVICE inline long take_axis(long& position, long extent) {
  if ((static_cast<unsigned long>(position) | static_cast<unsigned long>(extent)) >> 32 == 0) {
    const auto p = static_cast<std::uint32_t>(position), e = static_cast<std::uint32_t>(extent);
    position = p / e;
    return p % e;
  }
  const long rest = position % extent;
  position /= extent;
  return rest;
}

template <int Rank, class Code, class Loads, class Stores>
struct MapBody;

/// One position of the iteration space.
template <int Rank, int Inputs, class... Instructions, Access... In, int... Stored>
struct MapBody<Rank, Code<Inputs, Instructions...>, Loads<In...>, Stores<Stored...>> {
  using Program = Code<Inputs, Instructions...>;
  static constexpr int operands = Inputs + static_cast<int>(sizeof...(Stored));
  const void* in[Inputs + 1];
  void* out[sizeof...(Stored)];
  long extent[Rank + 1];  // the last one is the batch
  long stride[operands * Rank];
  const Noise* noise;

  TENON_HOST_DEVICE void operator()(long i) const {
    long at[Rank], rest = i;
    for (int axis = Rank - 1; axis > 0; --axis) at[axis] = take_axis(rest, extent[axis]);
    at[0] = rest;
    long offset[operands + 1];
    for (int k = 0; k < operands; ++k) {
      offset[k] = 0;
      for (int axis = 0; axis < Rank; ++axis) offset[k] += at[axis] * stride[k * Rank + axis];
    }
    float r[Program::registers];
    run(r, offset, {at, static_cast<std::uint32_t>(i), noise, extent[Rank]}, std::make_integer_sequence<int, Inputs>{}, std::make_integer_sequence<int, sizeof...(Stored)>{});
  }

 private:
  template <int... K, int... O>
  TENON_HOST_DEVICE void run(float* r, const long* offset, const Site& site, std::integer_sequence<int, K...>, std::integer_sequence<int, O...>) const {
    ((r[K] = read<In>(in[K], offset[K])), ...);
    Evaluate<Program>::run(r, site);
    ((static_cast<StoredAs<Stored>*>(out[O])[offset[Inputs + O]] = StoredAs<Stored>(r[stored_register(Stored)])), ...);
  }
  template <Access A>
  TENON_HOST_DEVICE static float read(const void* p, long offset) {
    if constexpr (A >= Access::contiguous_bfloat16) return static_cast<float>(static_cast<const Bfloat16*>(p)[offset]);
    else if constexpr (A >= Access::contiguous_int) return static_cast<float>(static_cast<const std::int32_t*>(p)[offset]);
    else return static_cast<const float*>(p)[offset];
  }
};

template <int Rank, class Code, class Loads, class Stores, bool StridedOutput>
struct CudaKernel<Map<Rank, Code, Loads, Stores, StridedOutput>> {
  template <class System>
  static void run(System& system, const KernelCall& call) {
    using Body = MapBody<Rank, Code, Loads, Stores>;
    Body body{};
    for (int k = 0; k < Code::inputs; ++k) body.in[k] = call.in[k];
    for (int k = 0; k < Stores::count; ++k) body.out[k] = call.out[k];
    long count = 1;
    for (int i = 0; i < Rank; ++i) count *= body.extent[i] = call.extent[i];
    if constexpr (uses<Op::batch, Code>) body.extent[Rank] = call.extent[Rank];
    for (int i = 0; i < Body::operands * Rank; ++i) body.stride[i] = call.stride[i];
    body.noise = system.noise();
    system.each(count, body);
  }
};

}  // namespace tenon::cuda
