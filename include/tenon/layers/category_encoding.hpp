// Categories as vectors of zeros and ones.
#pragma once

#include <tenon/graph/refuse.hpp>
#include <tenon/layers/encode.hpp>
#include <tenon/layers/layer.hpp>

namespace tenon {

/// Whole numbers as vectors. Follows keras.layers.CategoryEncoding.
/// NumTokens: they lie in [0, NumTokens); others of an input throw std::invalid_argument from `fit`, `evaluate` and `predict`.
/// Mode: `OutputMode::multi_hot` (the default), (B, T) → (B, NumTokens), a one for each number that occurs in the sample; `OutputMode::count`, how often, each
/// occurrence times a second input (B, T) if there is one; `OutputMode::one_hot`, (B, T) → (B, T, NumTokens), (B, 1) → (B, NumTokens).
/// Refused: x that is not of integers; fewer than 1 token; `OutputMode::integer`.
///
///     tn::IntegerInput<1>, tn::CategoryEncoding<7, tn::OutputMode::one_hot>
template <int NumTokens, OutputMode Mode = OutputMode::multi_hot>
struct CategoryEncoding : Layer<CategoryEncoding<NumTokens, Mode>> {
  static_assert(Mode != OutputMode::integer, "Tenon: CategoryEncoding makes vectors: OutputMode::one_hot, multi_hot or count");
  template <class... Weights>
  static constexpr auto call(Symbol x, Weights... count_weights) {
    x = detail::in_range<AtLeast<1>>(x, NumTokens);
    if (x.poisoned) return x;
    if (!is_integer(x.dtype())) return detail::mistake(x, Problem::indices_are_not_integers, x.shape());
    detail::look_up(x, NumTokens);
    if constexpr (sizeof...(Weights) == 1) return (detail::encoded(x, NumTokens, Mode, &count_weights), ...);
    else return detail::encoded(x, NumTokens, Mode);
  }
};

}  // namespace tenon
