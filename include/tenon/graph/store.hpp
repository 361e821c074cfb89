// How a fused expression names what it stores.
#pragma once

#include <tenon/core/dtype.hpp>

namespace tenon {

/// The register, and in its sign whether it is rounded to bfloat16 on the way.
constexpr int store_of(int reg, DType type) { return type == DType::bfloat16 ? ~reg : reg; }
constexpr int stored_register(int store) { return store < 0 ? ~store : store; }
constexpr bool is_rounded(int store) { return store < 0; }

}  // namespace tenon
