// What a loss is.
#pragma once

#include <tenon/graph/reductions.hpp>
#include <tenon/graph/weights.hpp>
#include <tenon/losses/bad_number.hpp>
#include <tenon/losses/reduction.hpp>

namespace tenon {

/// A loss is a type with a constexpr member `call(y_true, y_pred)` that returns one value per sample (or more). What is
/// minimised is their mean over the batch, or what its member `reduction` says; sample weights multiply them. By default y_true has the
/// shape of y_pred; a loss with other labels says so by `static constexpr Target target(const Shape& y_pred)`.
///
/// If it has a bool member `from_logits`, one program is made for each value that makes sense for the model. A loss with
/// `static constexpr bool of_whole_batch = true` returns one number, which then counts as the value of every sample. One with
/// `mask(y_true, y_pred)`, 1 or 0 for each value, is averaged over those where it is 1.
struct Target {
  Shape shape;
  DType dtype = DType::float32;
};

namespace detail {

template <class L>
constexpr Target target_of(const Shape& y_pred) {
  if constexpr (requires { L::target(y_pred); }) return L::target(y_pred);
  else return {y_pred};
}
template <class L>
concept with_logits = requires(L l) { l.from_logits; };

template <class L>
constexpr L loss_with(bool from_logits) {
  L loss{};
  if constexpr (with_logits<L>) loss.from_logits = from_logits;
  static_cast<void>(from_logits);
  return loss;
}
template <class Loss>
constexpr bool wants_logits([[maybe_unused]] const Loss& loss) {
  if constexpr (with_logits<Loss>) return loss.from_logits;
  else return false;
}
/// Integer labels in place of the last axis.
constexpr Target class_labels(const Shape& y_pred) { return {y_pred.slice(0, y_pred.rank > 0 ? y_pred.rank - 1 : 0), DType::int32}; }

/// y_true in a shape that y_pred, or a part of it, has: labels of another rank would be broadcast, and compared in all combinations.
/// An axis of extent 1 more or less at the end does not matter (Keras's rule).
constexpr Symbol labels_shaped(Symbol y_true, const Shape& wanted) {
  const Shape given = y_true.shape();
  if (y_true.poisoned || given == wanted) return y_true;
  const bool more = given.rank > wanted.rank;
  const Shape &longer = more ? given : wanted, &shorter = more ? wanted : given;
  if (longer.back() == 1 && shorter == longer.slice(0, longer.rank - 1)) return reshape(y_true, wanted);
  return mistake(y_true, Problem::labels_do_not_fit_the_loss, given, wanted);
}
constexpr Symbol labels_like(Symbol y_true, Symbol y_pred) { return y_pred.poisoned ? y_true : labels_shaped(y_true, y_pred.shape()); }
/// Integers in place of the last axis of y_pred.
constexpr Symbol classes_like(Symbol y_true, Symbol y_pred) { return y_pred.poisoned ? y_true : labels_shaped(y_true, class_labels(y_pred.shape()).shape); }

/// The logarithm of probabilities, from scores or from probabilities (scaled to add up to 1 and kept away from 0, as Keras).
constexpr Symbol log_probabilities(Symbol y_pred, bool from_logits) {
  if (from_logits) return log_softmax(y_pred);
  return log(clip(y_pred / sum(y_pred, axis<-1>, keep_dims), 1e-7, 1 - 1e-7));
}

}  // namespace detail
}  // namespace tenon
