// Filling and checking the array of all weights.
#pragma once

#include <tenon/core/random.hpp>
#include <tenon/model/check_data.hpp>

namespace tenon::detail {

/// Every weight from its initializer, each from a random stream of its own.
inline void initialize_weights(const Description& description, float* weights, std::uint64_t seed) {
  std::uint64_t stream = 0;
  for (const Parameter& p : description.parameters) {
    Random random(seed, stream++);
    p.initialize({weights + p.offset, static_cast<std::size_t>(p.size())}, p.shape, random);
  }
}

/// Refuses values of another shape for the k-th weight.
inline void check_weight(std::size_t k, const TensorRef& given, const Parameter& p) {
  bool same = given.rank() == p.shape.rank;
  for (int i = 0; same && i < p.shape.rank; ++i) same = given.extent(i) == p.shape.extent[i];
  if (!same) refuse("set_weights", "weight " + std::to_string(k) + " (" + p.name + ") has the shape " + given.shape_text() + ", expected " + shape_text(p.shape));
}

}  // namespace tenon::detail
