// Weights whose variance follows from the number of inputs and outputs.
#pragma once

#include <tenon/core/limits.hpp>
#include <tenon/core/real.hpp>
#include <tenon/initializers/concept.hpp>

namespace tenon {

/// Which fan divides the variance.
enum class Fan { in, out, average };

/// Uniform with variance Scale / fan: limit sqrt(3 Scale / fan). Follows keras.initializers.VarianceScaling.
/// Scale: of the variance, positive. Which: the number of inputs of a unit, of its outputs, or their average.
///
///     tn::Dense<64, tn::KernelInitializer<tn::VarianceScalingUniform<2.0, tn::Fan::in>>>
template <Real Scale, Fan Which>
struct VarianceScalingUniform {
  using Needs = Limits<Above<0>>;
  static constexpr bool in_range = Needs::hold(Scale.value);
  void operator()(std::span<float> values, const Shape& shape, Random& random) const {
    const double limit = std::sqrt(3 * variance(shape));
    detail::fill_uniform(values, random, -limit, limit);
  }
  static double variance(const Shape& shape) {
    const detail::Fans f = detail::fans(shape);
    return Scale.value / (Which == Fan::in ? f.in : Which == Fan::out ? f.out : (f.in + f.out) / 2);
  }
};

/// Normal, truncated at two standard deviations, with variance Scale / fan after truncation. Scale, Which: as above.
template <Real Scale, Fan Which>
struct VarianceScalingNormal {
  using Needs = Limits<Above<0>>;
  static constexpr bool in_range = Needs::hold(Scale.value);
  void operator()(std::span<float> values, const Shape& shape, Random& random) const {
    constexpr double truncated_stddev = 0.87962566103423978;  // of a unit normal cut at two standard deviations
    detail::fill_truncated_normal(values, random, 0, std::sqrt(VarianceScalingUniform<Scale, Which>::variance(shape)) / truncated_stddev);
  }
};

/// Normal, not truncated, with variance Scale / fan. Scale, Which: as above.
template <Real Scale, Fan Which>
struct VarianceScalingUntruncatedNormal {
  using Needs = Limits<Above<0>>;
  static constexpr bool in_range = Needs::hold(Scale.value);
  void operator()(std::span<float> values, const Shape& shape, Random& random) const {
    const double stddev = std::sqrt(VarianceScalingUniform<Scale, Which>::variance(shape));
    for (float& v : values) v = static_cast<float>(stddev * detail::normal(random));
  }
};

struct GlorotUniform : VarianceScalingUniform<1.0, Fan::average> {};  ///< Glorot and Bengio 2010: limit sqrt(6 / (in + out))
struct GlorotNormal : VarianceScalingNormal<1.0, Fan::average> {};  ///< the same with a truncated normal distribution
struct HeUniform : VarianceScalingUniform<2.0, Fan::in> {};  ///< He et al. 2015, for ReLU
struct HeNormal : VarianceScalingNormal<2.0, Fan::in> {};  ///< the same with a truncated normal distribution
struct LecunUniform : VarianceScalingUniform<1.0, Fan::in> {};  ///< LeCun et al. 1998
struct LecunNormal : VarianceScalingNormal<1.0, Fan::in> {};  ///< the same with a truncated normal distribution, for SELU

}  // namespace tenon
