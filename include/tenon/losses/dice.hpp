// How little two masks overlap, both kinds of mistakes alike.
#pragma once

#include <tenon/losses/concept.hpp>

namespace tenon {

/// 1 - 2 Σ y_true · y_pred / (Σ y_true + Σ y_pred) (Dice 1945); over what is summed, shapes and refusals as Tversky's, and DiceWith<1, 2> likewise.
/// Follows keras.losses.Dice.
///
///     auto model = tn::compile<Net>(tn::Adam{}, tn::Dice{});
template <int... Along>
struct DiceWith {
  Reduction reduction{};

  static constexpr bool of_whole_batch = sizeof...(Along) == 0;
  static constexpr auto call(auto y_true, auto y_pred) {
    const auto y = detail::labels_like(y_true, y_pred);
    return 1 - 2 * sum(y * y_pred, axis<Along...>) / (sum(y, axis<Along...>) + sum(y_pred, axis<Along...>) + 1e-7);
  }
};
using Dice = DiceWith<>;

}  // namespace tenon
