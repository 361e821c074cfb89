// Options of layers: Keras's arguments as types, in any order.
#pragma once

#include <tenon/core/limits.hpp>
#include <tenon/core/real.hpp>
#include <tenon/graph/axes.hpp>
#include <tenon/graph/windows.hpp>
#include <tenon/initializers/concept.hpp>
#include <tenon/layers/layer.hpp>

namespace tenon {

/// What an option sets, in Keras's words. A layer accepts some of these; each at most once.
enum class OptionOf { kernel_size, strides, padding, dilation_rate, groups, bias, kernel_initializer, bias_initializer, kernel_regularizer,
                      bias_regularizer, activation, momentum, epsilon, center, scale, keeps_dims, output_padding, depth_multiplier, depthwise_initializer,
                      depthwise_regularizer, pointwise_initializer, pointwise_regularizer, interpolation, aspect_ratio,
                      fill_value, antialias,
                      axis, gamma_initializer, beta_initializer, gamma_regularizer, beta_regularizer, alpha_initializer, alpha_regularizer, shared_axes,
                      kernel_constraint, bias_constraint, depthwise_constraint, pointwise_constraint, gamma_constraint, beta_constraint, alpha_constraint,
                      embeddings_constraint,
                      embeddings_initializer, embeddings_regularizer, noise_shape, normalize, invert, input_mean, input_variance, bias_axes,
                      unknown };

namespace detail {

template <int Axes>
struct OneNumberOr;  ///< one number, or as many as there are axes
struct AnInitializer;
struct ARegularizer;
struct AConstraint;

/// An option that is a number for each axis that a window moves along, or one for all of them; each number at least `Least`.
template <OptionOf What, int Least, int... Numbers>
struct PerAxis {
  static constexpr auto sets = What;
  static constexpr int rank = sizeof...(Numbers);
  static constexpr int sizes[sizeof...(Numbers) + 1] = {Numbers...};
  static constexpr bool counted = rank >= 1 && rank <= 3;
  using Needs = std::conditional_t<counted, Limits<AtLeast<Least>>, Limits<OneNumberOr<2>>>;
  static constexpr bool in_range = counted && Limits<AtLeast<Least>>::hold(Numbers...);
};
template <OptionOf What, class I>
struct InitializerOption {
  static constexpr auto sets = What;
  using type = I;
  using Needs = Limits<AnInitializer>;
  static constexpr bool in_range = initializer<I>;
};
template <OptionOf What, class C>
struct ConstraintOption {
  static constexpr auto sets = What;
  using type = C;
  using Needs = Limits<AConstraint>;
  static constexpr bool in_range = layer<C>;
};
/// The option that says how a weight starts that this one constrains: a layer that takes the one takes the other.
constexpr OptionOf initializer_beside(OptionOf constraint) {
  switch (constraint) {
    case OptionOf::kernel_constraint: return OptionOf::kernel_initializer;
    case OptionOf::bias_constraint: return OptionOf::bias_initializer;
    case OptionOf::depthwise_constraint: return OptionOf::depthwise_initializer;
    case OptionOf::pointwise_constraint: return OptionOf::pointwise_initializer;
    case OptionOf::gamma_constraint: return OptionOf::gamma_initializer;
    case OptionOf::beta_constraint: return OptionOf::beta_initializer;
    case OptionOf::alpha_constraint: return OptionOf::alpha_initializer;
    case OptionOf::embeddings_constraint: return OptionOf::embeddings_initializer;
    default: return constraint;
  }
}
constexpr OptionOf constraint_beside(OptionOf initializer) {
  for (const OptionOf c : {OptionOf::kernel_constraint, OptionOf::bias_constraint, OptionOf::depthwise_constraint, OptionOf::pointwise_constraint,
                           OptionOf::gamma_constraint, OptionOf::beta_constraint, OptionOf::alpha_constraint, OptionOf::embeddings_constraint})
    if (initializer_beside(c) == initializer) return c;
  return OptionOf::unknown;
}
template <OptionOf What, class R>
struct RegularizerOption {
  static constexpr auto sets = What;
  using type = R;
  using Needs = Limits<ARegularizer>;
  static constexpr bool in_range = layer<R>;  // a function of one symbol, as a layer is
};

}  // namespace detail

/// The window of a convolution: `Kernel<3, 3>`; one number counts for all axes.
template <int... Sizes>
struct Kernel : detail::PerAxis<OptionOf::kernel_size, 1, Sizes...> {};
/// How far the window moves: `Strides<2, 2>`.
template <int... Steps>
struct Strides : detail::PerAxis<OptionOf::strides, 1, Steps...> {};
/// How far apart the elements of the window are: `DilationRate<2, 2>`. Not together with strides.
template <int... Rates>
struct DilationRate : detail::PerAxis<OptionOf::dilation_rate, 1, Rates...> {};
/// Channels and filters in groups that do not mix: `Groups<2>`.
template <int Count>
struct Groups {
  static constexpr auto sets = OptionOf::groups;
  static constexpr int value = Count > 0 ? Count : 1;  // others are refused, but must not divide by zero before
  using Needs = Limits<AtLeast<1>>;
  static constexpr bool in_range = Needs::hold(Count);
};
/// Padding with zeros, so that ⌈extent / stride⌉ windows fit.
struct Same {
  static constexpr auto sets = OptionOf::padding;
  static constexpr Padding value = Padding::same;
};
/// No padding: whole windows only.
struct Valid {
  static constexpr auto sets = OptionOf::padding;
  static constexpr Padding value = Padding::valid;
};
/// Padding in front only, so that what is at one step depends on nothing behind it.
struct Causal {
  static constexpr auto sets = OptionOf::padding;
  static constexpr Padding value = Padding::causal;
};
/// How much longer than it must be the result of a transposed convolution is: `OutputPadding<1, 0>`.
template <int... Sizes>
struct OutputPadding : detail::PerAxis<OptionOf::output_padding, 0, Sizes...> {};
/// How many filters a depthwise convolution has for each channel: `DepthMultiplier<2>`.
template <int Count>
struct DepthMultiplier {
  static constexpr auto sets = OptionOf::depth_multiplier;
  static constexpr int value = Count;
  using Needs = Limits<AtLeast<1>>;
  static constexpr bool in_range = Needs::hold(Count);
};
/// A layer without a bias.
struct NoBias {
  static constexpr auto sets = OptionOf::bias;
};
/// How the kernel starts: `KernelInitializer<HeNormal>`.
template <class I>
struct KernelInitializer : detail::InitializerOption<OptionOf::kernel_initializer, I> {};
/// How the bias starts: `BiasInitializer<Ones>`.
template <class I>
struct BiasInitializer : detail::InitializerOption<OptionOf::bias_initializer, I> {};
/// How the kernel of each channel starts, and the one that mixes channels: `DepthwiseInitializer<HeNormal>`.
template <class I>
struct DepthwiseInitializer : detail::InitializerOption<OptionOf::depthwise_initializer, I> {};
template <class I>
struct PointwiseInitializer : detail::InitializerOption<OptionOf::pointwise_initializer, I> {};
/// A penalty on the kernel, added to the loss: `KernelRegularizer<L2<1e-4>>`.
template <class R>
struct KernelRegularizer : detail::RegularizerOption<OptionOf::kernel_regularizer, R> {};
/// A penalty on the bias, added to the loss: `BiasRegularizer<L1<1e-4>>`.
template <class R>
struct BiasRegularizer : detail::RegularizerOption<OptionOf::bias_regularizer, R> {};
/// A penalty on the kernel of each channel, and on the one that mixes channels: `DepthwiseRegularizer<L2<1e-4>>`.
template <class R>
struct DepthwiseRegularizer : detail::RegularizerOption<OptionOf::depthwise_regularizer, R> {};
template <class R>
struct PointwiseRegularizer : detail::RegularizerOption<OptionOf::pointwise_regularizer, R> {};
/// How the factor of a normalization starts: `GammaInitializer<Zeros>`.
template <class I>
struct GammaInitializer : detail::InitializerOption<OptionOf::gamma_initializer, I> {};
/// How the offset of a normalization starts: `BetaInitializer<Ones>`.
template <class I>
struct BetaInitializer : detail::InitializerOption<OptionOf::beta_initializer, I> {};
/// A penalty on the factor of a normalization: `GammaRegularizer<L2<1e-4>>`.
template <class R>
struct GammaRegularizer : detail::RegularizerOption<OptionOf::gamma_regularizer, R> {};
/// A penalty on the offset of a normalization: `BetaRegularizer<L2<1e-4>>`.
template <class R>
struct BetaRegularizer : detail::RegularizerOption<OptionOf::beta_regularizer, R> {};
/// How the slopes of PReLU start: `AlphaInitializer<Constant<0.25>>`.
template <class I>
struct AlphaInitializer : detail::InitializerOption<OptionOf::alpha_initializer, I> {};
/// A penalty on the slopes of PReLU: `AlphaRegularizer<L2<1e-4>>`.
template <class R>
struct AlphaRegularizer : detail::RegularizerOption<OptionOf::alpha_regularizer, R> {};
/// How an embedding starts: `EmbeddingsInitializer<RandomNormal<>>`.
template <class I>
struct EmbeddingsInitializer : detail::InitializerOption<OptionOf::embeddings_initializer, I> {};
/// A penalty on an embedding: `EmbeddingsRegularizer<L2<1e-4>>`.
template <class R>
struct EmbeddingsRegularizer : detail::RegularizerOption<OptionOf::embeddings_regularizer, R> {};
/// Axes along which PReLU has one slope for all, counted from 1 without the batch: `SharedAxes<1, 2>`.
template <int... Axes>
struct SharedAxes {
  static constexpr auto sets = OptionOf::shared_axes;
  static constexpr int bits = (0 | ... | (Axes >= 1 && Axes < max_rank ? 1 << Axes : 0));
  using Needs = Limits<AtLeast<1>, Below<max_rank>>;
  static constexpr bool in_range = Needs::hold(Axes...);
};
/// The shape of what Dropout draws, without the batch; 1: the same along this axis; -1: the extent of x. `NoiseShape<1, -1>`.
template <int... Extents>
struct NoiseShape {
  static constexpr auto sets = OptionOf::noise_shape;
  static constexpr int rank = sizeof...(Extents);
  static constexpr int extents[rank + 1] = {Extents...};
};
/// Dot divides by the lengths: the cosine of the angle.
struct Normalize {
  static constexpr auto sets = OptionOf::normalize;
};
/// The mean that Normalization takes off, instead of that of data: a number for each element along the axis, or one: `InputMean<0.5, 0.25>`.
template <Real... Values>
struct InputMean {
  static constexpr auto sets = OptionOf::input_mean;
  static constexpr int count = sizeof...(Values);
  static constexpr double values[count + 1] = {Values.value...};
};
/// The variance by whose root Normalization divides: `InputVariance<0.25>`.
template <Real... Values>
struct InputVariance {
  static constexpr auto sets = OptionOf::input_variance;
  static constexpr int count = sizeof...(Values);
  static constexpr double values[count + 1] = {Values.value...};
  using Needs = Limits<AtLeast<0>>;
  static constexpr bool in_range = Needs::hold(Values.value...);
};
/// Normalization turned around: from mean 0 and variance 1 to those of the data.
struct Invert {
  static constexpr auto sets = OptionOf::invert;
};
/// How slowly a moving average follows: `Momentum<0.9>`.
template <Real Value>
struct Momentum {
  static constexpr auto sets = OptionOf::momentum;
  static constexpr double value = Value.value;
  using Needs = Limits<AtLeast<0>, AtMost<1>>;
  static constexpr bool in_range = Needs::hold(value);
};
/// What is added to a variance: `Epsilon<1e-5>`.
template <Real Value>
struct Epsilon {
  static constexpr auto sets = OptionOf::epsilon;
  static constexpr double value = Value.value;
  using Needs = Limits<Above<0>>;
  static constexpr bool in_range = Needs::hold(value);
};
/// A normalization without beta.
struct NoCenter {
  static constexpr auto sets = OptionOf::center;
};
/// A normalization without gamma.
struct NoScale {
  static constexpr auto sets = OptionOf::scale;
};
/// Where the kernel is brought back to after each step of training: `KernelConstraint<MaxNorm<2>>`.
template <class C>
struct KernelConstraint : detail::ConstraintOption<OptionOf::kernel_constraint, C> {};
/// Where the bias is brought back to after each step of training: `BiasConstraint<NonNeg>`.
template <class C>
struct BiasConstraint : detail::ConstraintOption<OptionOf::bias_constraint, C> {};
/// Where the kernel of each channel is brought back to after each step of training: `DepthwiseConstraint<MaxNorm<2, 0, 1>>`.
template <class C>
struct DepthwiseConstraint : detail::ConstraintOption<OptionOf::depthwise_constraint, C> {};
/// Where the kernel over channels is brought back to after each step of training: `PointwiseConstraint<NonNeg>`.
template <class C>
struct PointwiseConstraint : detail::ConstraintOption<OptionOf::pointwise_constraint, C> {};
/// Where gamma is brought back to after each step of training: `GammaConstraint<NonNeg>`.
template <class C>
struct GammaConstraint : detail::ConstraintOption<OptionOf::gamma_constraint, C> {};
/// Where beta is brought back to after each step of training: `BetaConstraint<NonNeg>`.
template <class C>
struct BetaConstraint : detail::ConstraintOption<OptionOf::beta_constraint, C> {};
/// Where the slopes is brought back to after each step of training: `AlphaConstraint<NonNeg>`.
template <class C>
struct AlphaConstraint : detail::ConstraintOption<OptionOf::alpha_constraint, C> {};
/// Where the embeddings is brought back to after each step of training: `EmbeddingsConstraint<UnitNorm>`.
template <class C>
struct EmbeddingsConstraint : detail::ConstraintOption<OptionOf::embeddings_constraint, C> {};

}  // namespace tenon
