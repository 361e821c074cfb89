// How the values of a loss become one number.
#pragma once

namespace tenon {

/// What is done with the values of a loss over a batch, each times the weight of its sample. sum_over_batch_size and mean: their sum divided by
/// their number; sum: their sum; mean_with_sample_weight: their sum divided by the sum of the weights, one for each value.
/// A loss of several values per sample (a sequence, an image) has them all in the sum and in the number. Follows keras.losses.Loss, whose
/// reduction "none" is of no use in compile. A loss has a member `reduction`, at first sum_over_batch_size.
///
///     auto model = tn::compile<Net>(tn::Adam{}, tn::Huber{.reduction = tn::Reduction::sum});
enum class Reduction : unsigned char { sum_over_batch_size, sum, mean, mean_with_sample_weight };

namespace detail {

/// What the sum of a loss over a batch is divided by, set before each step: by the number of samples, the sum of their weights, or 1; and whether
/// also by the number of values of a sample.
struct Divisor {
  float samples = 1;
  float averaged = 1;
};
constexpr Divisor divisor_of(Reduction reduction, double samples, double weights) {
  if (reduction == Reduction::sum) return {1, 0};
  if (reduction == Reduction::mean_with_sample_weight) return {weights == 0 ? 1 : static_cast<float>(weights), 1};  // Keras: 0 / 0 is 0
  return {static_cast<float>(samples), 1};
}

/// The reduction of a loss; one that has no such member is averaged.
template <class L>
constexpr Reduction reduction_of(const L& loss) {
  if constexpr (requires { Reduction{loss.reduction}; }) return loss.reduction;
  else return Reduction::mean;
}

}  // namespace detail
}  // namespace tenon
