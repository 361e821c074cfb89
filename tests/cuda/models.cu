// The GPU backend on a GPU.
#include <tenon/cuda.hpp>

template <class Policy>
using Gpu = tenon::CudaWith<Policy>;

#include "models.hpp"
