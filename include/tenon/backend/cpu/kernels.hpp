// Every kernel of the CPU.
#pragma once

#include <tenon/backend/cpu/bfloat16_gradients.hpp>
#include <tenon/backend/cpu/convolve.hpp>
#include <tenon/backend/cpu/gather.hpp>
#include <tenon/backend/cpu/kernel_gradient.hpp>
#include <tenon/backend/cpu/map.hpp>
#include <tenon/backend/cpu/pool.hpp>
#include <tenon/backend/cpu/pooled_convolve.hpp>
#include <tenon/backend/cpu/pooled_input_gradient.hpp>
#include <tenon/backend/cpu/pooled_kernel_gradient.hpp>
#include <tenon/backend/cpu/product.hpp>
#include <tenon/backend/cpu/reduce.hpp>
#include <tenon/backend/cpu/row_softmax.hpp>
