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

/// What data decide, from samples of the inputs.
inline void adapt_weights(const Description& description, float* weights, const Tensors& x) {
  bool found = false;
  for (const Parameter& p : description.parameters) {
    if (p.adapt == nullptr) continue;
    if (p.input < 0) refuse("adapt", "the layer " + description.layers[static_cast<std::size_t>(p.layer)].name() + " reads what another layer returned, expected an input of the model");
    const TensorRef& given = x[p.input];
    const std::vector<float> samples = given.visit([&](const auto* values) {
      std::vector<float> all(static_cast<std::size_t>(given.rows() * given.row_size()));
      for (std::size_t i = 0; i < all.size(); ++i) all[i] = static_cast<float>(values[i]);
      return all;
    });
    p.adapt({weights + p.offset, static_cast<std::size_t>(p.size())}, samples, description.inputs[static_cast<std::size_t>(p.input)].shape);
    found = true;
  }
  if (!found) refuse("adapt", "the model has no layer that learns from data before training, such as Normalization, first behind an input");
}

/// Refuses values of another shape for the k-th weight.
inline void check_weight(std::size_t k, const TensorRef& given, const Parameter& p) {
  bool same = given.rank() == p.shape.rank;
  for (int i = 0; same && i < p.shape.rank; ++i) same = given.extent(i) == p.shape.extent[i];
  if (!same) refuse("set_weights", "weight " + std::to_string(k) + " (" + p.name + ") has the shape " + given.shape_text() + ", expected " + shape_text(p.shape));
}

}  // namespace tenon::detail
