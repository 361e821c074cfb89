// Weights that leave their input as it is.
#pragma once

#include <stdexcept>
#include <string>

#include <tenon/core/real.hpp>
#include <tenon/initializers/concept.hpp>

namespace tenon {

/// Gain on the diagonal of a matrix, 0 elsewhere. Follows keras.initializers.IdentityInitializer, which is called Identity, too, as the layer is.
/// Throws std::invalid_argument when a weight is no matrix.
///
///     tn::Dense<64, tn::KernelInitializer<tn::IdentityInitializer<>>>
template <Real Gain = 1.0>
struct IdentityInitializer {
  void operator()(std::span<float> values, const Shape& shape, Random&) const {
    if (shape.rank != 2) throw std::invalid_argument("IdentityInitializer: a weight of " + std::to_string(shape.rank) + " axes is given, expected two");
    const auto columns = static_cast<std::size_t>(shape[1]);
    for (std::size_t i = 0; i < values.size(); ++i) values[i] = i / columns == i % columns ? static_cast<float>(Gain.value) : 0.f;
  }
};

}  // namespace tenon
