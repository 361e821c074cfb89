// A penalty on rows or columns that are not orthogonal.
#pragma once

#include <tenon/core/limits.hpp>
#include <tenon/core/real.hpp>
#include <tenon/graph/matmul.hpp>
#include <tenon/graph/reductions.hpp>

namespace tenon {

/// What an OrthogonalRegularizer compares.
enum class Between { rows, columns };

/// Factor times the mean of |cos| of the angles between any two rows, or columns, of a matrix. Follows keras.regularizers.OrthogonalRegularizer.
/// Which: `Between::rows` (Keras's mode="rows") or `Between::columns`. Refused: a negative factor; a weight that is no matrix.
///
///     tn::Dense<64, tn::KernelRegularizer<tn::OrthogonalRegularizer<0.01>>>
template <Real Factor = 0.01, Between Which = Between::rows>
struct OrthogonalRegularizer {
  using Needs = Limits<AtLeast<0>>;
  static constexpr bool in_range = Needs::hold(Factor.value);
  static constexpr auto call(auto w) {
    const Shape given = w.shape();
    if (!w.poisoned && given.rank != 2) w = detail::mistake(w, given.rank > 2 ? Problem::rank_too_large : Problem::rank_too_small, given, shape(2, 2));
    if (w.poisoned) return w;
    const Symbol rows = Which == Between::rows ? w : transpose(w);
    const int count = rows.shape()[0];
    if (count == 1) return constant(w, 0);  // no pair
    const Symbol unit = rows * rsqrt(maximum(sum(square(rows), axis<-1>, keep_dims), 1e-14)), cosines = matmul(unit, transpose(unit));
    const Symbol others = iota(w, cosines.shape(), 0) != iota(w, cosines.shape(), 1);
    return sum(abs(cosines * others)) * (Factor.value / (static_cast<double>(count) * (count - 1)));
  }
};

}  // namespace tenon
