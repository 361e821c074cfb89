// Scaled exponential linear unit.
#pragma once

#include <tenon/graph/reductions.hpp>
#include <tenon/layers/layer.hpp>

namespace tenon {

/// SELU of a symbol, for layers of one's own.
constexpr Symbol selu(Symbol x) { return 1.0507009873554805 * select(x >= 0, x, 1.6732632423543772 * expm1(minimum(x, 0))); }

/// 1.0507 · x where x >= 0, 1.7581 · (exp(x) - 1) elsewhere (Klambauer et al. 2017). Follows keras.activations.selu.
/// x: any shape → y: the same shape.
///
///     tn::Dense<64, tn::SELU, tn::KernelInitializer<tn::LecunNormal>>
struct SELU : Layer<SELU> {
  static constexpr auto call(auto x) { return selu(x); }
};

}  // namespace tenon
