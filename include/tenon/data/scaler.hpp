// Features brought to one scale, by numbers that were taken from the training set.
#pragma once

#include <array>
#include <cmath>
#include <cstddef>
#include <filesystem>
#include <span>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include <tenon/core/xtensor.hpp>
#include <tenon/io/safetensors_file.hpp>
#include <tenon/io/write_safetensors.hpp>

namespace tenon {

/// y = (x - offset) / scale, feature by feature: what `StandardScaler` and `MinMaxScaler` have in common.
/// A feature is an index of the last axis, as in keras.layers.Normalization; a tensor of rank 1 is a single feature.
/// x: (…, features) of float or double → y: of the same shape and type. A std::array is one sample, (features), and so are two
/// spans, from and to; both are for real-time loops and take no memory.
/// Throws std::invalid_argument: another number of features than the scaler was made from.
///
///     scaler.save("scaler.safetensors");                                // beside the model that was trained with it
///     const auto scaler = tn::Scaler::load("scaler.safetensors");
///     net(scaler.transform(std::array{5.1f, 3.5f, 1.4f, 0.2f}), output);  // tn::Inference
class Scaler {
 public:
  Scaler(std::vector<double> offset, std::vector<double> scale) : offset_(std::move(offset)), scale_(std::move(scale)) {}

  /// (x - offset) / scale
  template <class X>
  tensor_of<X> transform(const X& x) const {
    return each(x, scaled);
  }
  /// y · scale + offset: undoes `transform`.
  template <class Y>
  tensor_of<Y> inverse_transform(const Y& y) const {
    return each(y, unscaled);
  }

  /// One sample: (features) → (features).
  template <class T, std::size_t Features>
  std::array<T, Features> transform(const std::array<T, Features>& x) const {
    std::array<T, Features> y;
    transform(std::span<const T>(x), std::span<T>(y));
    return y;
  }
  template <class T, std::size_t Features>
  std::array<T, Features> inverse_transform(const std::array<T, Features>& y) const {
    std::array<T, Features> x;
    inverse_transform(std::span<const T>(y), std::span<T>(x));
    return x;
  }
  /// One sample, written to where the caller wants it, which may be where it comes from.
  void transform(std::span<const float> x, std::span<float> y) const { one(x, y, scaled); }
  void transform(std::span<const double> x, std::span<double> y) const { one(x, y, scaled); }
  void inverse_transform(std::span<const float> y, std::span<float> x) const { one(y, x, unscaled); }
  void inverse_transform(std::span<const double> y, std::span<double> x) const { one(y, x, unscaled); }

  /// Writes "offset" and "scale" as a safetensors file; throws as `write_safetensors` does.
  void save(const std::filesystem::path& path) const {
    const std::vector<std::size_t> shape{scale_.size()};
    const NamedTensor tensors[] = {{"offset", shape, nullptr, offset_.data()}, {"scale", shape, nullptr, scale_.data()}};
    write_safetensors(path, tensors);
  }
  /// The scaler that was saved, with the same numbers. Throws std::runtime_error: see `SafetensorsFile`; a file of something else.
  static Scaler load(const std::filesystem::path& path) {
    const SafetensorsFile file(path);
    Scaler scaler{file.doubles("offset"), file.doubles("scale")};  // braces: in this order
    bool sound = scaler.offset_.size() == scaler.scale_.size();
    for (const double scale : scaler.scale_) sound = sound && std::isfinite(scale) && scale != 0;
    if (!sound) throw std::runtime_error(path.string() + ": offset and scale are not those of a scaler");
    return scaler;
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
  static double scaled(double value, double offset, double scale) { return (value - offset) / scale; }
  static double unscaled(double value, double offset, double scale) { return value * scale + offset; }

  void check(std::size_t features) const {
    if (features != scale_.size())
      throw std::invalid_argument("Scaler: x has " + std::to_string(features) + " features, expected " + std::to_string(scale_.size()));
  }
  template <class T, class Formula>
  void one(std::span<const T> from, std::span<T> to, Formula formula) const {
    check(from.size());
    check(to.size());
    for (std::size_t f = 0; f < from.size(); ++f) to[f] = static_cast<T>(formula(static_cast<double>(from[f]), offset_[f], scale_[f]));
  }
  template <class X, class Formula>
  tensor_of<X> each(const X& x, Formula formula) const {
    using Scalar = typename tensor_of<X>::value_type;
    static_assert(std::is_floating_point_v<Scalar>, "Scaler: x holds float or double");
    check(features_of(x));
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
