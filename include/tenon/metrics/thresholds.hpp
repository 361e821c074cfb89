// Answers counted at many thresholds at once.
#pragma once

#include <span>

#include <tenon/graph/matmul.hpp>
#include <tenon/metrics/counts.hpp>

namespace tenon::detail {

/// How many of the thresholds 0, 1 / (n - 1), ..., 1 lie below each output, as a number from 0 to n - 1: Keras's rounding, by which an output
/// on a threshold is not above it. Outputs are limited to 0 to 1.
constexpr Symbol thresholds_below(Symbol y_pred, int thresholds) { return ceil(clip(y_pred, 0, 1) * static_cast<double>(thresholds - 1)); }

/// For positive and for negative labels: how many outputs have at least 0, 1, ..., columns - 1 thresholds below: (2, columns), the first of which is
/// the number of all. y_true, y_pred, below: (N), of which 0 counts where `counts` is 0.
constexpr Symbol count_by_threshold(Symbol y_true, Symbol below, Symbol counts, int columns) {
  if (below.poisoned || y_true.poisoned) return {below.trace, below.graph, below.id, true};
  const Shape flat = shape(static_cast<int>(-below.shape().elements()));
  const Symbol positive = y_true != 0, each = reshape(side_by_side(positive * counts, (1 - positive) * counts), flat.append(2));
  const Symbol above = reshape(below, flat.append(1)) >= iota(below, flat.append(columns), -1);
  return matmul(transpose(each), above);
}

/// The counts at the k-th of n thresholds, from the numbers of both kinds of labels that have at least so many thresholds below.
struct CountsAt {
  double true_positives, false_positives, false_negatives, true_negatives;
  constexpr double recall() const { return quotient(true_positives, true_positives + false_negatives); }
  constexpr double precision() const { return quotient(true_positives, true_positives + false_positives); }
  constexpr double specificity() const { return quotient(true_negatives, true_negatives + false_positives); }
};
/// sums: (2, columns); the first column is the number of all.
constexpr CountsAt counts_at(std::span<const double> sums, std::size_t column) {
  const std::size_t columns = sums.size() / 2;
  const double tp = sums[column], fp = sums[columns + column];
  return {tp, fp, sums[0] - tp, sums[columns] - fp};
}

}  // namespace tenon::detail
