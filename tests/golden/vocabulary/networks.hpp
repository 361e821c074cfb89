// Written by tests/golden/random_vocabulary.py. What Keras computes for ChainK stands in chainK.json beside this file, what training makes of some in
// training.json.
#pragma once

#include <tenon/tenon.hpp>

namespace golden_vocabulary {

namespace tn = tenon;

struct Chain0 : tn::Sequential<tn::Input<8, 2>, tn::Conv1DTranspose<5, tn::Kernel<3>, tn::Strides<2>, tn::Same>, tn::BatchNormalizationWith<tn::Axis<1>>, tn::RMSNormalization, tn::Conv1D<3, tn::Kernel<1>, tn::Same, tn::GELU>, tn::Conv1D<2, tn::Kernel<2>, tn::Strides<2>>, tn::GlobalMaxPooling1D, tn::Dense<3>> {};
struct Chain1 : tn::Sequential<tn::Input<9, 3>, tn::Conv1DTranspose<4, tn::Kernel<3>, tn::Strides<2>, tn::Same>, tn::BatchNormalizationWith<tn::Axis<1>>, tn::Dense<4, tn::LogSigmoid>, tn::GlobalMaxPooling1D, tn::Dense<1>> {};
struct Chain2 : tn::Sequential<tn::Input<9, 3>, tn::DepthwiseConv1D<tn::Kernel<2>, tn::DepthMultiplier<2>>, tn::MaxPooling1D<2>, tn::AdaptiveAveragePooling1D<3>, tn::GlobalMaxPooling1D, tn::Dense<2>> {};
struct Chain3 : tn::Sequential<tn::Input<5, 6, 3>, tn::AdaptiveMaxPooling2D<2, 2>, tn::SeparableConv2D<2, tn::Kernel<2>, tn::Same, tn::NoBias>, tn::UpSampling2D<2, 1>, tn::Conv2DTranspose<5, tn::Kernel<1>, tn::Strides<2>, tn::Same, tn::TanhShrink>, tn::Flatten, tn::Dense<2>> {};
struct Chain4 : tn::Sequential<tn::Input<9, 3>, tn::UpSampling1D<2>, tn::Conv1DTranspose<3, tn::Kernel<3>, tn::Strides<2>, tn::HardSigmoid>, tn::RMSNormalization, tn::Flatten, tn::Dense<4>> {};
struct Chain5 : tn::Sequential<tn::Input<5>, tn::Dense<5, tn::TanhShrink>, tn::Dense<5, tn::SELU>, tn::Exponential, tn::BatchNormalization, tn::Rescaling<0.5, 0.1>, tn::Dense<4>> {};
struct Chain6 : tn::Sequential<tn::Input<9, 3>, tn::Cropping1D<1, 0>, tn::Conv1D<4, tn::Kernel<3>, tn::Causal, tn::DilationRate<2>>, tn::Dense<2, tn::Softplus>, tn::Flatten, tn::Dense<1>> {};
struct Chain7 : tn::Sequential<tn::Input<6, 7, 2>, tn::UpSampling2D<2, 2, tn::Bilinear>, tn::Activation<tn::GELU>, tn::ZeroPadding2D<1, 0, 0, 2>, tn::Conv2D<2, tn::Kernel<2>, tn::Strides<2>>, tn::AdaptiveAveragePooling2D<2>, tn::Flatten, tn::Dense<3>> {};
struct Chain8 : tn::Sequential<tn::Input<6, 7, 2>, tn::AdaptiveMaxPooling2D<2, 2>, tn::Conv2DTranspose<5, tn::Kernel<2>, tn::NoBias>, tn::UpSampling2D<2, 1>, tn::DepthwiseConv2D<tn::Kernel<3>, tn::Same, tn::Exponential>, tn::GlobalMaxPooling2D, tn::Dense<2>> {};
struct Chain9 : tn::Sequential<tn::Input<5>, tn::Softmax, tn::RepeatVector<3>, tn::AveragePooling1D<2, tn::Strides<1>, tn::Same>, tn::Flatten, tn::Dense<2>> {};
struct Chain10 : tn::Sequential<tn::Input<6, 7, 2>, tn::Conv2DTranspose<4, tn::Kernel<3>, tn::Strides<2>, tn::Same, tn::HardTanh>, tn::UpSampling2D<2, 1>, tn::DepthwiseConv2D<tn::Kernel<2>, tn::Same, tn::ReLU>, tn::DepthwiseConv2D<tn::Kernel<1>, tn::Same, tn::Squareplus>, tn::AdaptiveAveragePooling2D<2>, tn::Flatten, tn::Dense<3>> {};
struct Chain11 : tn::Sequential<tn::Input<8, 2>, tn::Rescaling<0.5, 0.1>, tn::ZeroPadding1D<1, 2>, tn::SeparableConv1D<4, tn::Kernel<3>, tn::Same, tn::TanhShrink>, tn::Conv1D<5, tn::Kernel<1>, tn::Causal, tn::DilationRate<2>>, tn::Flatten, tn::Dense<3>> {};
struct Chain12 : tn::Sequential<tn::Input<5>, tn::Dense<3, tn::NoBias>, tn::Dense<2, tn::SELU>, tn::Dense<5, tn::Exponential>, tn::Dense<1>> {};
struct Chain13 : tn::Sequential<tn::Input<5, 6, 3>, tn::AveragePooling2D<2, 2, tn::Same>, tn::GroupNormalization<-1>, tn::Softmax, tn::Conv2D<3, tn::Kernel<2>, tn::Strides<2>>, tn::UnitNormalization, tn::GlobalMaxPooling2D, tn::Dense<3>> {};
struct Chain14 : tn::Sequential<tn::Input<6, 7, 2>, tn::UpSampling2D<2, 2, tn::Bilinear>, tn::Permute<2, 3, 1>, tn::Softmax, tn::Flatten, tn::Dense<3>> {};
struct Chain15 : tn::Sequential<tn::Input<5>, tn::Dense<5, tn::CELU>, tn::Dense<3, tn::GELU>, tn::Dense<5, tn::Sigmoid>, tn::Dense<3>> {};
struct Chain16 : tn::Sequential<tn::Input<4, 5, 4, 2>, tn::MaxPooling3D<1, 2, 2>, tn::Conv3D<2, tn::Kernel<2>, tn::Strides<2, 1, 1>, tn::Same>, tn::ELU, tn::Conv3DTranspose<5, tn::Kernel<2>, tn::Same>, tn::Conv3D<4, tn::Kernel<2>, tn::Strides<2, 1, 1>, tn::Same>, tn::GlobalAveragePooling3D, tn::Dense<4>> {};
struct Chain17 : tn::Sequential<tn::Input<5>, tn::BatchNormalization, tn::RMSNormalization, tn::Dense<3, tn::SiLU>, tn::Dense<2>> {};
struct Chain18 : tn::Sequential<tn::Input<8, 2>, tn::ZeroPadding1D<1, 2>, tn::DepthwiseConv1D<tn::Kernel<2>, tn::DepthMultiplier<2>>, tn::AveragePooling1D<2, tn::Strides<1>, tn::Same>, tn::DepthwiseConv1D<tn::Kernel<2>, tn::DepthMultiplier<2>>, tn::AdaptiveAveragePooling1D<3>, tn::AdaptiveAveragePooling1D<2>, tn::Flatten, tn::Dense<3>> {};
struct Chain19 : tn::Sequential<tn::Input<8, 2>, tn::SeparableConv1D<2, tn::Kernel<3>, tn::Same, tn::Squareplus>, tn::MaxPooling1D<2>, tn::AveragePooling1D<2, tn::Strides<1>, tn::Same>, tn::UpSampling1D<2>, tn::RMSNormalization, tn::GlobalMaxPooling1D, tn::Dense<3>> {};
struct Chain20 : tn::Sequential<tn::Input<6, 7, 2>, tn::SeparableConv2D<2, tn::Kernel<1>, tn::Same, tn::NoBias>, tn::DepthwiseConv2D<tn::Kernel<2>, tn::Same, tn::Squareplus>, tn::Permute<2, 3, 1>, tn::Conv2DTranspose<3, tn::Kernel<2>, tn::NoBias>, tn::Flatten, tn::Dense<2>> {};
struct Chain21 : tn::Sequential<tn::Input<9, 3>, tn::Permute<2, 1>, tn::UnitNormalization, tn::Conv1D<5, tn::Kernel<1>, tn::Same, tn::HardSigmoid>, tn::Cropping1D<1, 0>, tn::GlobalMaxPooling1D, tn::Dense<3>> {};
struct Chain22 : tn::Sequential<tn::Input<5, 6, 3>, tn::GroupNormalization<-1>, tn::ZeroPadding2D<1, 0, 0, 2>, tn::Dense<4, tn::Squareplus>, tn::AveragePooling2D<2, 2, tn::Same>, tn::GlobalMaxPooling2D, tn::Dense<3>> {};
struct Chain23 : tn::Sequential<tn::Input<4, 5, 4, 2>, tn::ZeroPadding3D<0, 1, 0>, tn::Cropping3D<0, 0, 1, 0, 0, 0>, tn::ZeroPadding3D<0, 1, 0>, tn::BatchNormalization, tn::GlobalAveragePooling3D, tn::Dense<2>> {};

/// Calls f with each network as template argument and the name of its golden file.
void for_each(auto f) {
  f.template operator()<Chain0>("vocabulary/chain0");
  f.template operator()<Chain1>("vocabulary/chain1");
  f.template operator()<Chain2>("vocabulary/chain2");
  f.template operator()<Chain3>("vocabulary/chain3");
  f.template operator()<Chain4>("vocabulary/chain4");
  f.template operator()<Chain5>("vocabulary/chain5");
  f.template operator()<Chain6>("vocabulary/chain6");
  f.template operator()<Chain7>("vocabulary/chain7");
  f.template operator()<Chain8>("vocabulary/chain8");
  f.template operator()<Chain9>("vocabulary/chain9");
  f.template operator()<Chain10>("vocabulary/chain10");
  f.template operator()<Chain11>("vocabulary/chain11");
  f.template operator()<Chain12>("vocabulary/chain12");
  f.template operator()<Chain13>("vocabulary/chain13");
  f.template operator()<Chain14>("vocabulary/chain14");
  f.template operator()<Chain15>("vocabulary/chain15");
  f.template operator()<Chain16>("vocabulary/chain16");
  f.template operator()<Chain17>("vocabulary/chain17");
  f.template operator()<Chain18>("vocabulary/chain18");
  f.template operator()<Chain19>("vocabulary/chain19");
  f.template operator()<Chain20>("vocabulary/chain20");
  f.template operator()<Chain21>("vocabulary/chain21");
  f.template operator()<Chain22>("vocabulary/chain22");
  f.template operator()<Chain23>("vocabulary/chain23");
}
/// Calls f with a network, the name of a case of training.json, its optimizer and its loss.
void for_each_training(auto f) {
  f.template operator()<Chain2>("Chain2", tn::Ftrl{.learning_rate = 0.1f}, tn::SquaredHinge{});
  f.template operator()<Chain5>("Chain5", tn::RMSprop{.learning_rate = 0.02f, .epsilon = 0.01f}, tn::Huber{.delta = 0.5f});
  f.template operator()<Chain8>("Chain8", tn::Lamb{.learning_rate = 0.02f, .epsilon = 0.01f}, tn::BinaryCrossentropy{.from_logits = true});
  f.template operator()<Chain11>("Chain11", tn::RMSprop{.learning_rate = 0.02f, .epsilon = 0.01f}, tn::Hinge{});
  f.template operator()<Chain14>("Chain14", tn::Adagrad{.learning_rate = 0.05f}, tn::Hinge{});
  f.template operator()<Chain17>("Chain17", tn::Adam{.learning_rate = 0.02f, .epsilon = 0.01f}, tn::MeanSquaredLogarithmicError{});
  f.template operator()<Chain20>("Chain20", tn::Adagrad{.learning_rate = 0.05f}, tn::MeanSquaredError{});
  f.template operator()<Chain23>("Chain23", tn::Adam{.learning_rate = 0.02f, .epsilon = 0.01f}, tn::MeanAbsoluteError{});
}

}  // namespace golden_vocabulary
