// The GPU backend without a GPU.
#include <tenon/backend/cuda/emulated.hpp>

template <class Policy>
using Gpu = tenon::EmulatedCudaWith<Policy>;

#include "models.hpp"
