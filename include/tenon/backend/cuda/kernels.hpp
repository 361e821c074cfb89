// All kernels of the GPU backend.
#pragma once

#include <tenon/backend/cuda/convolve.hpp>
#include <tenon/backend/cuda/gather.hpp>
#include <tenon/backend/cuda/map.hpp>
#include <tenon/backend/cuda/pool.hpp>
#include <tenon/backend/cuda/pooled_convolve.hpp>
#include <tenon/backend/cuda/product.hpp>
#include <tenon/backend/cuda/reduce.hpp>
#include <tenon/backend/cuda/softmax.hpp>
