// How a function says that it also runs on the device.
#pragma once

/// Before a function that both the host and the device run. A compiler that knows no CUDA reads nothing here, and so every kernel of
/// this folder can also be run, and tested, on a machine without a GPU (emulator.hpp).
#if defined(__CUDACC__)
#define TENON_HOST_DEVICE __host__ __device__
#else
#define TENON_HOST_DEVICE
#endif
