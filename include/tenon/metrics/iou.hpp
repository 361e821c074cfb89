// How much two maps of classes overlap.
#pragma once

#include <span>
#include <utility>

#include <tenon/metrics/counts.hpp>

namespace tenon {
namespace detail {

/// Class numbers: the place of the largest if the last axis holds so many classes, else the whole part of the values.
constexpr Symbol class_numbers(Symbol y, int classes) { return classes > 1 && y.shape().back() == classes ? argmax(y, axis<-1>) : is_integer(y.dtype()) ? y : trunc(y); }
/// Labels as class numbers: one-hot where they have the shape of the outputs and these are scores.
constexpr Symbol label_numbers(Symbol y_true, Symbol y_pred, int classes) {
  if (y_true.poisoned || y_pred.poisoned || y_true.shape() == y_pred.shape()) return class_numbers(y_true, classes);
  return y_pred.shape().back() == classes && classes > 1 ? classes_like(y_true, y_pred) : labels_like(y_true, y_pred);
}

/// For each class, where both say it, and where one of them does: (classes, 2). Left out is what is no class, or has the label `ignored`.
constexpr Symbol overlaps(Symbol label, Symbol prediction, Symbol ignored, int classes) {
  if (label.poisoned || prediction.poisoned) return {label.trace, label.graph, label.id, true};
  if (label.shape().rank + 2 > max_rank) return mistake(label, Problem::rank_too_large, label.shape());
  const auto exists = [&](Symbol c) { return (c >= 0) * (c < classes); };
  const Symbol counts = exists(label) * exists(prediction) * (label != ignored);
  const Symbol which = iota(label, label.shape().append(classes), -1), there = expand_dims(counts, axis<-1>);
  const Symbol a = expand_dims(label, axis<-1>) == which, b = expand_dims(prediction, axis<-1>) == which;
  return sum_over_all_but<2>(side_by_side(a * b * there, maximum(a, b) * there));
}
/// The same from labels and outputs as they are.
template <int Classes>
constexpr Symbol overlaps_of(Symbol y_true, Symbol y_pred, Symbol ignored) {
  return overlaps(label_numbers(y_true, y_pred, Classes), class_numbers(y_pred, Classes), ignored, Classes);
}
/// The mean of both / either over those of these classes that occur.
template <int... Ids>
constexpr double mean_overlap(std::span<const double> sums) {
  double total = 0, count = 0;
  for (const int id : {Ids...}) {
    const double both = sums[2 * static_cast<std::size_t>(id)], either = sums[2 * static_cast<std::size_t>(id) + 1];
    if (either > 0) total += both / (either + 1e-7), ++count;
  }
  return total / (count + 1e-7);
}
template <int... Id>
constexpr double mean_overlap_of_all(std::span<const double> sums, std::integer_sequence<int, Id...>) { return mean_overlap<Id...>(sums); }
template <int NumClasses, int... Ids>
inline constexpr bool are_classes_of = NumClasses > 1 && sizeof...(Ids) > 0 && (true && ... && (Ids >= 0 && Ids < NumClasses));

}  // namespace detail

/// Intersection over union, the mean over the target classes that occur in labels or outputs. y_pred: (B, ..., NumClasses) scores, whose largest counts, or (B, ...)
/// class numbers; y_true: (B, ...) class numbers, or one-hot in the shape of the scores (Keras's sparse_y_true and sparse_y_pred; here the shapes tell). What is
/// no class, or has the label ignore_class, is left out. Refused: labels of another shape; a target class that does not exist. Follows keras.metrics.IoU.
///
///     auto model = tn::compile<Net>(tn::Adam{}, tn::SparseCategoricalCrossentropy{}, tn::IoU<3, 0, 2>{});
template <int NumClasses, int... TargetClassIds>
struct IoU {
  static_assert(detail::are_classes_of<NumClasses, TargetClassIds...>, "Tenon: IoU<num_classes, target class ids...> has at least two classes, and one or more targets from 0 to num_classes - 1");
  int ignore_class = -1;

  static constexpr auto sums(auto y_true, auto y_pred) { return detail::overlaps_of<NumClasses>(y_true, y_pred, parameter<&IoU::ignore_class>(y_pred)); }
  double result(std::span<const double> sums, long) const { return detail::mean_overlap<TargetClassIds...>(sums); }
};

/// IoU of all classes. Follows keras.metrics.MeanIoU.
template <int NumClasses>
struct MeanIoU {
  static_assert(NumClasses > 1, "Tenon: MeanIoU has at least two classes");
  int ignore_class = -1;

  static constexpr auto sums(auto y_true, auto y_pred) { return detail::overlaps_of<NumClasses>(y_true, y_pred, parameter<&MeanIoU::ignore_class>(y_pred)); }
  double result(std::span<const double> sums, long) const { return detail::mean_overlap_of_all(sums, std::make_integer_sequence<int, NumClasses>{}); }
};

/// IoU of labels that are one-hot: y_true and y_pred (B, ..., NumClasses). Follows keras.metrics.OneHotIoU.
template <int NumClasses, int... TargetClassIds>
struct OneHotIoU {
  static_assert(detail::are_classes_of<NumClasses, TargetClassIds...>, "Tenon: OneHotIoU<num_classes, target class ids...> has at least two classes, and one or more targets from 0 to num_classes - 1");
  int ignore_class = -1;

  static constexpr auto sums(auto y_true, auto y_pred) {
    return detail::overlaps_of<NumClasses>(detail::labels_like(y_true, y_pred), y_pred, parameter<&OneHotIoU::ignore_class>(y_pred));
  }
  double result(std::span<const double> sums, long) const { return detail::mean_overlap<TargetClassIds...>(sums); }
};

/// MeanIoU of labels that are one-hot: y_true and y_pred (B, ..., NumClasses). Follows keras.metrics.OneHotMeanIoU.
template <int NumClasses>
struct OneHotMeanIoU {
  static_assert(NumClasses > 1, "Tenon: OneHotMeanIoU has at least two classes");
  int ignore_class = -1;

  static constexpr auto sums(auto y_true, auto y_pred) {
    return detail::overlaps_of<NumClasses>(detail::labels_like(y_true, y_pred), y_pred, parameter<&OneHotMeanIoU::ignore_class>(y_pred));
  }
  double result(std::span<const double> sums, long) const { return detail::mean_overlap_of_all(sums, std::make_integer_sequence<int, NumClasses>{}); }
};

/// IoU of yes (class 1, an output of at least the threshold) and no (class 0). y_true (0 and 1) and y_pred: (B, ..., D). BinaryIoUWith<1>: of yes alone.
/// Refused: labels of another shape than the output; a threshold outside 0 to 1. Follows keras.metrics.BinaryIoU.
template <int... TargetClassIds>
struct BinaryIoUWith {
  static_assert(sizeof...(TargetClassIds) > 0 && (true && ... && (TargetClassIds == 0 || TargetClassIds == 1)), "Tenon: the target classes of BinaryIoU are 0 and 1");
  float threshold = 0.5f;

  static constexpr auto sums(auto y_true, auto y_pred) {
    return detail::overlaps(trunc(detail::labels_like(y_true, y_pred)), y_pred >= parameter<&BinaryIoUWith::threshold>(y_pred), constant(y_pred, -1), 2);
  }
  double result(std::span<const double> sums, long) const { return detail::mean_overlap<TargetClassIds...>(sums); }
  constexpr BadNumber check(const Shape&) const { return detail::fraction("threshold", threshold); }
};
using BinaryIoU = BinaryIoUWith<0, 1>;

}  // namespace tenon
