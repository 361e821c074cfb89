// Layers that slide windows over sequences, images and volumes, or resize them, many to a network, against the reference.
#include <tenon/activations/relu.hpp>
#include <tenon/layers/adaptive_pooling.hpp>
#include <tenon/layers/average_pooling.hpp>
#include <tenon/layers/conv.hpp>
#include <tenon/layers/conv_transpose.hpp>
#include <tenon/layers/cropping.hpp>
#include <tenon/layers/global_average_pooling.hpp>
#include <tenon/layers/global_max_pooling.hpp>
#include <tenon/layers/input.hpp>
#include <tenon/layers/max_pooling.hpp>
#include <tenon/layers/resizing.hpp>
#include <tenon/layers/separable_conv.hpp>
#include <tenon/layers/up_sampling.hpp>
#include <tenon/layers/zero_padding.hpp>
#include <tenon/model/sequential.hpp>

#include "../support/against_reference.hpp"

#if defined(TENON_TEST_EMULATOR)
#include <tenon/backend/cuda/emulated.hpp>
using Backend = tenon::EmulatedCuda;
#else
#include <tenon/backend/cpu/cpu.hpp>
using Backend = tenon::Cpu;
#endif

namespace tn = tenon;
using support::check_against_reference;

namespace {

struct Sequences : tn::Sequential<tn::Input<37, 3>, tn::Conv1D<8, tn::Kernel<3>, tn::Causal, tn::DilationRate<2>, tn::ReLU>, tn::MaxPooling1D<2>,
                                  tn::DepthwiseConv1D<tn::Kernel<5>, tn::Same, tn::DepthMultiplier<2>>, tn::SeparableConv1D<9, tn::Kernel<3>, tn::Strides<2>, tn::Same>,
                                  tn::AveragePooling1D<3, tn::Strides<1>, tn::Same>, tn::Conv1DTranspose<6, tn::Kernel<4>, tn::Strides<2>, tn::Same>,
                                  tn::UpSampling1D<2>, tn::ZeroPadding1D<1, 2>, tn::Cropping1D<2, 1>, tn::AdaptiveMaxPooling1D<5>, tn::GlobalAveragePooling1D> {};
struct Images : tn::Sequential<tn::Input<9, 11, 3>, tn::SeparableConv2D<17, tn::Kernel<3, 3>, tn::ReLU>, tn::DepthwiseConv2D<tn::Kernel<3>, tn::Strides<2>, tn::Same>,
                               tn::Conv2DTranspose<5, tn::Kernel<3>, tn::Strides<2>, tn::Same, tn::ReLU>, tn::UpSampling2D<2, 2, tn::Bilinear>, tn::Resizing<13, 7, tn::Bicubic>,
                               tn::AdaptiveAveragePooling2D<5, 3>, tn::Conv2DTranspose<2, tn::Kernel<2>, tn::Strides<3>, tn::OutputPadding<1>>,
                               tn::GlobalMaxPooling2DWith<tn::KeepDims>> {};
struct Volumes : tn::Sequential<tn::Input<5, 6, 7, 2>, tn::Conv3D<6, tn::Kernel<3>, tn::Same, tn::ReLU>, tn::MaxPooling3D<2>,
                                tn::Conv3DTranspose<4, tn::Kernel<3>, tn::Strides<2>, tn::Same>, tn::AveragePooling3D<2, 3, 1>,
                                tn::Conv3D<6, tn::Kernel<2, 1, 2>, tn::Strides<1, 2, 1>, tn::Groups<2>>, tn::UpSampling3D<1, 2, 2>, tn::ZeroPadding3D<0, 1, 2>,
                                tn::Cropping3D<0, 0, 1, 0, 0, 2>, tn::GlobalAveragePooling3D> {};

}  // namespace

TEST_CASE("layers of sequences are the reference's", "[backend][windows]") {
  check_against_reference<Sequences, Backend>(1);
  check_against_reference<Sequences, Backend>(6);
}
TEST_CASE("layers of images are the reference's", "[backend][windows]") {
  check_against_reference<Images, Backend>(1);
  check_against_reference<Images, Backend>(6);
}
TEST_CASE("layers of volumes are the reference's", "[backend][windows]") {
  check_against_reference<Volumes, Backend>(1);
  check_against_reference<Volumes, Backend>(6);
}
