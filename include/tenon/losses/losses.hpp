// Several losses, one for each output of a model.
#pragma once

#include <array>
#include <tuple>

#include <tenon/losses/concept.hpp>

namespace tenon {

namespace detail {

// How many there are of something, and how many there should be, in a message.
template <int> struct Given;
template <int> struct Needed;

template <class...> inline constexpr bool there_is_a_weight_for_each_loss = false;
template <class Several, int Weights, int Count>
struct RefuseWeights {
  static_assert(Weights == Count || there_is_a_weight_for_each_loss<Several, Given<Weights>, Needed<Count>>, "Tenon: losses(a, b).weights(1, 0.5) takes one number for each loss");
};

}  // namespace detail

/// The losses of a model with several outputs, in their order; `tn::losses` makes it. What is minimised is
/// Σ weight_k · loss_k (+ the penalties of regularizers), where loss_k is the mean over the batch of the k-th loss.
/// L: the type of each loss. Follows the lists `loss` and `loss_weights` of Keras's compile.
///
///     auto model = tn::compile<Net>(tn::Adam{}, tn::losses(tn::SparseCategoricalCrossentropy{}, tn::MeanSquaredError{}).weights(1, 0.2));
template <class... L>
class Losses {
 public:
  static constexpr int count = sizeof...(L);

  constexpr Losses() { weights_.fill(1); }
  constexpr explicit Losses(const L&... losses) : each_(losses...) { weights_.fill(1); }

  /// The same losses with these weights, one for each; without, all are 1. Does not compile with fewer or more numbers.
  template <class... W>
  constexpr Losses weights(W... w) const {
    using Said = decltype(sizeof(detail::RefuseWeights<Losses, sizeof...(W), sizeof...(L)>));
    Losses weighted = *this;
    if constexpr (Said{} == 0 && sizeof...(W) == sizeof...(L)) weighted.weights_ = {static_cast<float>(w)...};
    return weighted;
  }
  constexpr float weight(int k) const { return weights_[static_cast<std::size_t>(k)]; }
  constexpr const std::tuple<L...>& each() const { return each_; }

 private:
  std::tuple<L...> each_;
  std::array<float, sizeof...(L)> weights_{};
};

/// One loss for each output of a model, in the order of its outputs; weights(…) says how much each counts.
///
///     auto model = tn::compile<Net>(tn::Adam{}, tn::losses(tn::MeanSquaredError{}, tn::BinaryCrossentropy{}));
template <class... L>
constexpr Losses<L...> losses(const L&... each) { return Losses<L...>(each...); }

namespace detail {

template <class L>
inline constexpr bool is_losses = requires(const L& several) { several.each(), several.weight(0); };

/// How many outputs a loss is for.
template <class L>
inline constexpr int loss_count = 1;
template <class... L>
inline constexpr int loss_count<Losses<L...>> = sizeof...(L);

/// The k-th of several losses; a loss is its own first.
template <int K, class L>
constexpr const auto& loss_at(const L& loss) {
  if constexpr (is_losses<L>) return std::get<K>(loss.each());
  else return loss;
}
template <int K, class L>
using LossAt = std::remove_cvref_t<decltype(loss_at<K>(std::declval<const L&>()))>;

}  // namespace detail
}  // namespace tenon
