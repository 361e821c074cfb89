// Facts about layers that hold while the program compiles: shapes, weights, and what is refused.
#include <tenon/activations/celu.hpp>
#include <tenon/activations/elu.hpp>
#include <tenon/activations/exponential.hpp>
#include <tenon/activations/gelu.hpp>
#include <tenon/activations/glu.hpp>
#include <tenon/activations/hard_shrink.hpp>
#include <tenon/activations/hard_sigmoid.hpp>
#include <tenon/activations/hard_silu.hpp>
#include <tenon/activations/hard_tanh.hpp>
#include <tenon/activations/log_sigmoid.hpp>
#include <tenon/activations/log_softmax.hpp>
#include <tenon/activations/mish.hpp>
#include <tenon/activations/relu.hpp>
#include <tenon/activations/relu6.hpp>
#include <tenon/activations/soft_shrink.hpp>
#include <tenon/activations/softmax.hpp>
#include <tenon/activations/softsign.hpp>
#include <tenon/activations/sparse_plus.hpp>
#include <tenon/activations/sparse_sigmoid.hpp>
#include <tenon/activations/sparsemax.hpp>
#include <tenon/activations/squareplus.hpp>
#include <tenon/activations/tanh_shrink.hpp>
#include <tenon/activations/threshold.hpp>
#include <tenon/layers/activity_regularization.hpp>
#include <tenon/layers/adaptive_pooling.hpp>
#include <tenon/layers/alpha_dropout.hpp>
#include <tenon/layers/average_pooling.hpp>
#include <tenon/layers/batch_normalization.hpp>
#include <tenon/layers/category_encoding.hpp>
#include <tenon/layers/conv.hpp>
#include <tenon/layers/conv_transpose.hpp>
#include <tenon/layers/cropping.hpp>
#include <tenon/layers/dense.hpp>
#include <tenon/layers/discretization.hpp>
#include <tenon/layers/dot.hpp>
#include <tenon/layers/dropout.hpp>
#include <tenon/layers/einsum_dense.hpp>
#include <tenon/layers/embedding.hpp>
#include <tenon/layers/flatten.hpp>
#include <tenon/layers/frozen.hpp>
#include <tenon/layers/gaussian_dropout.hpp>
#include <tenon/layers/gaussian_noise.hpp>
#include <tenon/layers/global_average_pooling.hpp>
#include <tenon/layers/group_normalization.hpp>
#include <tenon/layers/identity.hpp>
#include <tenon/layers/lambda.hpp>
#include <tenon/layers/layer_normalization.hpp>
#include <tenon/layers/max_pooling.hpp>
#include <tenon/layers/merge.hpp>
#include <tenon/layers/normalization.hpp>
#include <tenon/layers/permute.hpp>
#include <tenon/layers/prelu.hpp>
#include <tenon/layers/repeat_vector.hpp>
#include <tenon/layers/rescaling.hpp>
#include <tenon/layers/reshape.hpp>
#include <tenon/layers/resizing.hpp>
#include <tenon/layers/rms_normalization.hpp>
#include <tenon/layers/separable_conv.hpp>
#include <tenon/layers/spatial_dropout.hpp>
#include <tenon/layers/spectral_normalization.hpp>
#include <tenon/layers/unit_normalization.hpp>
#include <tenon/layers/up_sampling.hpp>
#include <tenon/layers/zero_padding.hpp>

using namespace tenon;

namespace {

struct Facts {
  Shape output;
  long weights = 0, trainable = 0;
  Problem problem{};
};
template <class L, class... Shapes>
constexpr Facts facts(const L& object, const Shapes&... shapes) {
  Trace t;
  t.program.graphs.push_back(NodeGraph{});
  int index = 0;
  const Symbol x[] = {{&t, 0, t.argument(Role::input, index++, shapes)}...};
  Symbol y = x[0];
  if constexpr (sizeof...(Shapes) == 1) y = apply(object, x[0]);
  else y = apply(object, x[0], x[1]);
  Facts f{y.shape(), 0, 0, t.mistake.problem};
  for (const Weight& w : t.weights) f.weights += w.shape.elements(), f.trainable += w.trainable ? w.shape.elements() : 0;
  return f;
}
template <class L>
inline constexpr L object{};
template <class L>
constexpr Facts of_image(int height, int width, int channels) { return facts(object<L>, shape(dynamic, height, width, channels)); }

}  // namespace

static_assert(facts(object<Dense<10, Softmax>>, shape(dynamic, 784)).output == shape(dynamic, 10));
static_assert(facts(object<Dense<10>>, shape(dynamic, 784)).weights == 7850);
static_assert(facts(object<Dense<10, NoBias>>, shape(dynamic, 5, 784)).weights == 7840);
static_assert(facts(object<Dense<10>>, shape(dynamic, 5, 784)).output == shape(dynamic, 5, 10));

static_assert(of_image<Conv2D<32, Kernel<3, 3>, ReLU>>(28, 28, 1).output == shape(dynamic, 26, 26, 32));
static_assert(of_image<Conv2D<32, Kernel<3, 3>>>(28, 28, 1).weights == 320);
static_assert(of_image<Conv2D<4, Kernel<3, 5>, Same, Strides<2, 3>>>(7, 9, 2).output == shape(dynamic, 4, 3, 4));
static_assert(of_image<Conv2D<4, Kernel<3, 3>, DilationRate<2, 2>>>(7, 9, 2).output == shape(dynamic, 3, 5, 4));
static_assert(of_image<Conv2D<4, Kernel<3, 3>, Groups<2>>>(7, 9, 6).weights == 3 * 3 * 3 * 4 + 4);
static_assert(of_image<Conv2D<4, Kernel<3, 3>, Groups<4>>>(7, 9, 6).problem == Problem::groups_do_not_divide);
static_assert(of_image<Conv2D<4, Kernel<8, 3>>>(7, 9, 6).problem == Problem::kernel_larger_than_image);
static_assert(facts(object<Conv2D<4, Kernel<3, 3>>>, shape(dynamic, 7, 9)).problem == Problem::not_an_image);

static_assert(facts(object<Conv1D<4, Kernel<3>, Causal>>, shape(dynamic, 7, 2)).output == shape(dynamic, 7, 4));
static_assert(of_image<Conv2D<4, Kernel<3, 3>, Causal>>(7, 9, 6).problem == Problem::value_out_of_range);
static_assert(of_image<Conv2D<4, Kernel<3, 3, 3>>>(7, 9, 6).problem == Problem::value_out_of_range);
static_assert(of_image<Conv1D<4, Kernel<3>>>(7, 9, 6).problem == Problem::not_an_image);
static_assert(facts(object<Conv3D<4, Kernel<3>, Same>>, shape(dynamic, 2, 7, 9, 3)).weights == 27 * 3 * 4 + 4);
static_assert(of_image<Conv2DTranspose<4, Kernel<3, 3>, Strides<2>, Same>>(7, 9, 6).output == shape(dynamic, 14, 18, 4));
static_assert(of_image<Conv2DTranspose<4, Kernel<3, 3>, Strides<2>, OutputPadding<1, 2>>>(7, 9, 6).problem == Problem::options_contradict);
static_assert(of_image<Conv2DTranspose<4, Strides<2>>>(7, 9, 6).problem == Problem::option_missing);
static_assert(of_image<DepthwiseConv2D<Kernel<3, 3>, DepthMultiplier<2>>>(7, 9, 6).weights == 9 * 12 + 12);
static_assert(of_image<SeparableConv2D<4, Kernel<3, 3>, DepthMultiplier<2>>>(7, 9, 6).weights == 9 * 12 + 12 * 4 + 4);
static_assert(of_image<DepthwiseConv2D<Kernel<3, 3>, DepthMultiplier<0>>>(7, 9, 6).problem == Problem::value_out_of_range);
static_assert(of_image<Cropping2D<1, 2, 3, 4>>(7, 9, 6).output == shape(dynamic, 4, 2, 6));
static_assert(of_image<Cropping2D<4, 3, 0, 0>>(7, 9, 6).problem == Problem::slice_out_of_range);
static_assert(of_image<Cropping2D<1, 2, 3>>(7, 9, 6).problem == Problem::value_out_of_range);
static_assert(of_image<UpSampling2D<2, 3, Bilinear>>(7, 9, 6).output == shape(dynamic, 14, 27, 6));
static_assert(of_image<UpSampling2D<0>>(7, 9, 6).problem == Problem::value_out_of_range);
static_assert(of_image<Resizing<4, 5, Bicubic>>(7, 9, 6).output == shape(dynamic, 4, 5, 6));
static_assert(of_image<Resizing<4, 5, CropToAspectRatio, PadToAspectRatio>>(7, 9, 6).problem == Problem::option_given_twice);
static_assert(facts(object<CenterCrop<4, 5>>, shape(dynamic, 7, 9)).problem == Problem::not_an_image);
static_assert(of_image<AdaptiveMaxPooling2D<3>>(7, 9, 6).output == shape(dynamic, 3, 3, 6));
static_assert(of_image<AdaptiveAveragePooling2D<0>>(7, 9, 6).problem == Problem::value_out_of_range);
static_assert(of_image<ZeroPadding2D<-1>>(7, 9, 6).problem == Problem::value_out_of_range);

static_assert(of_image<MaxPooling2D<2, 2>>(27, 28, 3).output == shape(dynamic, 13, 14, 3));
static_assert(of_image<MaxPooling2D<2, 2, Same>>(27, 28, 3).output == shape(dynamic, 14, 14, 3));
static_assert(of_image<MaxPooling2D<3, 3, Strides<1, 1>, Same>>(5, 6, 3).output == shape(dynamic, 5, 6, 3));
static_assert(of_image<AveragePooling2D<2, 2>>(1, 4, 3).problem == Problem::pool_larger_than_image);
static_assert(of_image<GlobalAveragePooling2D>(5, 6, 3).output == shape(dynamic, 3));
static_assert(of_image<Flatten>(5, 6, 3).output == shape(dynamic, 90));
static_assert(of_image<Reshape<-1, 3>>(5, 6, 3).output == shape(dynamic, 30, 3));
static_assert(of_image<Reshape<7, 3>>(5, 6, 3).problem == Problem::reshape_changes_size);
static_assert(of_image<Reshape<-1, 7>>(5, 6, 3).problem == Problem::reshape_changes_size);
static_assert(of_image<Dropout<0.5>>(5, 6, 3).output == shape(dynamic, 5, 6, 3));

static_assert(of_image<BatchNormalization>(5, 6, 3).weights == 12);
static_assert(of_image<BatchNormalization>(5, 6, 3).trainable == 6);
static_assert(of_image<BatchNormalizationWith<NoScale>>(5, 6, 3).weights == 9);

static_assert(facts(object<Add>, shape(dynamic, 3, 1), shape(dynamic, 1, 4)).output == shape(dynamic, 3, 4));
static_assert(facts(object<Multiply>, shape(dynamic, 3), shape(dynamic, 2)).problem == Problem::shapes_cannot_be_broadcast);
static_assert(facts(object<Concatenate>, shape(dynamic, 3), shape(dynamic, 2)).output == shape(dynamic, 5));
static_assert(facts(object<ConcatenateWith<1>>, shape(dynamic, 3, 2), shape(dynamic, 5, 2)).output == shape(dynamic, 8, 2));

static_assert(facts(object<Subtract>, shape(dynamic, 3, 1), shape(dynamic, 1, 4)).output == shape(dynamic, 3, 4));
static_assert(facts(object<Average>, shape(dynamic, 3), shape(dynamic, 3)).output == shape(dynamic, 3));
static_assert(facts(object<Maximum>, shape(dynamic, 3), shape(dynamic, 1)).output == shape(dynamic, 3));
static_assert(facts(object<Minimum>, shape(dynamic, 3), shape(dynamic, 2)).problem == Problem::shapes_cannot_be_broadcast);
static_assert(facts(object<Dot<1>>, shape(dynamic, 3), shape(dynamic, 3)).output == shape(dynamic, 1));
static_assert(facts(object<Dot<2, 1, Normalize>>, shape(dynamic, 4, 3), shape(dynamic, 3, 5)).output == shape(dynamic, 4, 5));

static_assert(of_image<Permute<3, 1, 2>>(5, 6, 3).output == shape(dynamic, 3, 5, 6));
static_assert(facts(object<RepeatVector<4>>, shape(dynamic, 3)).output == shape(dynamic, 4, 3));
static_assert(of_image<Identity>(5, 6, 3).output == shape(dynamic, 5, 6, 3));
static_assert(of_image<Rescaling<0.5, -1.0>>(5, 6, 3).output == shape(dynamic, 5, 6, 3));
static_assert(of_image<Lambda<[](auto x) { return sum(x, axis<1>); }>>(5, 6, 3).output == shape(dynamic, 6, 3));
static_assert(facts(object<EinsumDense<"abc,cde->abde", OutputShape<-1, 2, 4>, BiasAxes<"de">>>, shape(dynamic, 3, 5)).output == shape(dynamic, 3, 2, 4));
static_assert(facts(object<EinsumDense<"abc,cde->abde", OutputShape<-1, 2, 4>, BiasAxes<"de">>>, shape(dynamic, 3, 5)).weights == 5 * 8 + 8);

static_assert(of_image<LayerNormalization>(5, 6, 3).weights == 6);
static_assert(of_image<LayerNormalizationWith<Axis<1, 2, 3>>>(5, 6, 3).weights == 180);
static_assert(of_image<GroupNormalization<3>>(5, 6, 3).output == shape(dynamic, 5, 6, 3));
static_assert(of_image<RMSNormalizationWith<Axis<1>>>(5, 6, 3).weights == 5);
static_assert(of_image<UnitNormalization>(5, 6, 3).weights == 0);
static_assert(of_image<BatchNormalizationWith<Axis<1>>>(5, 6, 3).weights == 20);
static_assert(of_image<Normalization>(5, 6, 3).weights == 7 && of_image<Normalization>(5, 6, 3).trainable == 0);
static_assert(of_image<NormalizationWith<InputMean<1.0, 2.0, 3.0>, InputVariance<1.0>>>(5, 6, 3).weights == 0);
static_assert(of_image<PReLUWith<SharedAxes<1, 2>>>(5, 6, 3).weights == 3);
static_assert(facts(object<SpectralNormalization<Dense<4>>>, shape(dynamic, 3)).weights == 20);
static_assert(facts(object<SpectralNormalization<Dense<4>>>, shape(dynamic, 3)).trainable == 16);
static_assert(facts(object<Frozen<Dense<4>>>, shape(dynamic, 3)).weights == 16 && facts(object<Frozen<Dense<4>>>, shape(dynamic, 3)).trainable == 0);
static_assert(facts(object<Embedding<4, 2>>, shape(dynamic, 3)).problem == Problem::indices_are_not_integers);
static_assert(facts(object<Discretization<BinBoundaries<0.0, 1.0>, OutputMode::one_hot>>, shape(dynamic, 4)).output == shape(dynamic, 4, 3));
static_assert(facts(object<Discretization<NumBins<5>>>, shape(dynamic, 4)).weights == 4);
static_assert(facts(object<CategoryEncoding<4>>, shape(dynamic, 3)).problem == Problem::indices_are_not_integers);

static_assert(of_image<SpatialDropout2D<0.5>>(5, 6, 3).output == shape(dynamic, 5, 6, 3));
static_assert(of_image<Dropout<0.5, NoiseShape<1, -1, 3>>>(5, 6, 3).problem == Problem::none);
static_assert(of_image<AlphaDropout<0.5>>(5, 6, 3).problem == Problem::none);
static_assert(of_image<GaussianDropout<0.5>>(5, 6, 3).problem == Problem::none);
static_assert(of_image<GaussianNoise<0.5>>(5, 6, 3).problem == Problem::none);
static_assert(of_image<ActivityRegularization<0.5, 0.1>>(5, 6, 3).problem == Problem::none);

// Every activation can be traced while the program compiles, and keeps the shape, but for GLU.
struct Activations {
  static constexpr Symbol chain(Symbol x, auto... activation) { return ((x = activation(x)), ..., x); }
  static constexpr auto call(auto x) {
    return GLU{}(chain(x, CELU{}, ELU{}, Exponential{}, GELU{}, ApproximateGELU{}, HardShrink{}, HardSigmoid{}, HardSiLU{}, HardTanh{}, LogSigmoid{}, LogSoftmax{}, Mish{},
                       ReLU{}, ReLUWith<6.0, 0.1>{}, ReLU6{}, SoftShrink{}, Softmax{}, SoftmaxWith<1, 2>{}, Softsign{}, SparsePlus{}, SparseSigmoid{}, Sparsemax{}, Squareplus{},
                       TanhShrink{}, Threshold<0.5, 0.0>{}));
  }
};
static_assert(facts(object<Activations>, shape(dynamic, 3, 4)).output == shape(dynamic, 3, 2));
static_assert(facts(object<Activations>, shape(dynamic, 3, 4)).problem == Problem::none);

// A layer without weights may be made where it is called; one with weights may not, nor may it be a member of one that is.
struct Temporaries {
  static constexpr auto call(auto x, auto y) { return ReLU{}(Add{}(Flatten{}(x), apply(Concatenate{}, y, y))); }
};
struct Whole : Layer<Whole> {
  Dense<2> part;
  constexpr auto call(auto x) const { return part(x); }
};
template <class L>
struct Temporary {
  static constexpr auto call(auto x) { return L{}(x); }
};
static_assert(facts(object<Temporaries>, shape(dynamic, 2, 4), shape(dynamic, 4)).output == shape(dynamic, 8));
static_assert(facts(object<Temporaries>, shape(dynamic, 2, 4), shape(dynamic, 4)).problem == Problem::none);
static_assert(facts(object<Temporary<Dense<2>>>, shape(dynamic, 4)).problem == Problem::weight_of_a_temporary_layer);
static_assert(facts(object<Temporary<BatchNormalization>>, shape(dynamic, 4)).problem == Problem::weight_of_a_temporary_layer);
static_assert(facts(object<Temporary<Whole>>, shape(dynamic, 4)).problem == Problem::weight_of_a_temporary_layer);
