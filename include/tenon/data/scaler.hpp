// Features brought to one scale, by numbers that were taken from the training set.
#pragma once

#include <cstddef>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include <tenon/core/xtensor.hpp>

namespace tenon {

/// y = (x - offset) / scale, feature by feature: what `StandardScaler` and `MinMaxScaler` have in common.
/// A feature is an index of the last axis, as in keras.layers.Normalization; a tensor of rank 1 is a single feature.
/// x: (…, features) of float or double → y: of the same shape and type.
/// Throws std::invalid_argument: another number of features than the scaler was made from.
class Scaler {
 public:
  Scaler(std::vector<double> offset, std::vector<double> scale) : offset_(std::move(offset)), scale_(std::move(scale)) {}

  /// (x - offset) / scale
  template <class X>
  tensor_of<X> transform(const X& x) const {
    return each(x, [](double value, double offset, double scale) { return (value - offset) / scale; });
  }
  /// y · scale + offset: undoes `transform`.
  template <class Y>
  tensor_of<Y> inverse_transform(const Y& y) const {
    return each(y, [](double value, double offset, double scale) { return value * scale + offset; });
  }

  const std::vector<double>& offset() const { return offset_; }  ///< (features)
  const std::vector<double>& scale() const { return scale_; }    ///< (features), no zeros

  /// The number of features of a tensor.
  template <class X>
  static std::size_t features_of(const X& x) {
    return x.dimension() < 2 ? 1 : x.shape(x.dimension() - 1);
  }
  /// Calls visit(value, feature) for each element of a tensor.
  template <class X, class Visit>
  static void for_each(X& x, Visit visit) {
    const std::size_t features = features_of(x);
    std::size_t feature = 0;
    const auto end = x.template end<xt::layout_type::row_major>();
    for (auto element = x.template begin<xt::layout_type::row_major>(); element != end; ++element) {
      visit(*element, feature);
      if (++feature == features) feature = 0;
    }
  }

 private:
  template <class X, class Formula>
  tensor_of<X> each(const X& x, Formula formula) const {
    using Scalar = typename tensor_of<X>::value_type;
    static_assert(std::is_floating_point_v<Scalar>, "Scaler: x holds float or double");
    if (features_of(x) != scale_.size())
      throw std::invalid_argument("Scaler: x has " + std::to_string(features_of(x)) + " features, expected " +
                                  std::to_string(scale_.size()));
    tensor_of<X> y = x;
    for_each(y, [&](Scalar& value, std::size_t f) {
      value = static_cast<Scalar>(formula(static_cast<double>(value), offset_[f], scale_[f]));
    });
    return y;
  }

  std::vector<double> offset_;
  std::vector<double> scale_;
};

}  // namespace tenon
