// The one place that includes xtensor: the tensors that users give and get.
#pragma once

#include <tenon/core/intrinsics.hpp>

// xtensor 0.26 moved its headers into subfolders. The set is narrow because every user's compilation pays for it:
// views, sorting, random numbers and printing are included by those who use them.
#if __has_include(<xtensor/containers/xtensor.hpp>)
#include <xtensor/containers/xadapt.hpp>
#include <xtensor/containers/xarray.hpp>
#include <xtensor/containers/xtensor.hpp>
#else
#include <xtensor/xadapt.hpp>
#include <xtensor/xarray.hpp>
#include <xtensor/xtensor.hpp>
#endif

#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace tenon {

namespace detail {
template <class Expression>
struct TensorOf {
  static constexpr std::size_t rank = xt::get_rank<Expression>::value;  // SIZE_MAX: known at run time only
  using Scalar = std::remove_cv_t<typename Expression::value_type>;
  using type = typename std::conditional_t<rank == SIZE_MAX, std::type_identity<xt::xarray<Scalar>>,
                                           std::type_identity<xt::xtensor<Scalar, rank == SIZE_MAX ? 0 : rank>>>::type;
};
}  // namespace detail

/// The row-major tensor that can hold the values of an xtensor expression or container: an `xt::xtensor` where the
/// rank is a constant, an `xt::xarray` otherwise.
///
///     static_assert(std::is_same_v<tn::tensor_of<xt::xtensor<float, 2>>, xt::xtensor<float, 2>>);
template <class Expression>
using tensor_of = typename detail::TensorOf<std::remove_cvref_t<Expression>>::type;

}  // namespace tenon
