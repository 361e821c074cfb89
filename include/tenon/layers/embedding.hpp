// Whole numbers as vectors that are learned.
#pragma once

#include <tenon/initializers/random_uniform.hpp>
#include <tenon/layers/encode.hpp>
#include <tenon/layers/with_options.hpp>

namespace tenon {

/// The rows of a table at the indices that x holds. Follows keras.layers.Embedding.
/// x: (B, …) of integers → y: (B, …, OutputDim). Weights: embeddings (InputDim, OutputDim).
/// InputDim: the number of rows; an index of an input that is no row throws std::invalid_argument from `fit`, `evaluate` and `predict`.
/// Options: `EmbeddingsInitializer<…>` (RandomUniform), `EmbeddingsRegularizer<…>`.
/// Refused: numbers below 1; x that is not of integers: its input is an IntegerInput.
///
///     tn::IntegerInput<20>, tn::Embedding<1000, 16>, tn::Flatten, tn::Dense<1>  // (B, 20, 16) in between
template <int InputDim, int OutputDim, class... Options>
struct Embedding : Layer<Embedding<InputDim, OutputDim, Options...>> {
  using Takes = tenon::Takes<OptionOf::embeddings_initializer, OptionOf::embeddings_regularizer>;

  static constexpr auto call(auto x) {
    x = Takes::template check<Options...>(detail::in_range<AtLeast<1>>(x, InputDim, OutputDim));
    if (x.poisoned) return x;
    const auto table = detail::weight_with_options<OptionOf::embeddings_initializer, OptionOf::embeddings_regularizer, RandomUniform<>, Options...>(
        x, "embeddings", shape(InputDim, OutputDim));
    detail::look_up(x, InputDim);
    return gather(table, x);
  }
};

}  // namespace tenon
