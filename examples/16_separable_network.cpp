// A small network of depthwise separable convolutions, as MobileNet and Xception are made of, on Fashion-MNIST: each filter looks
// at one channel, and products of 1 x 1 mix them. A fifth of the weights of ordinary convolutions.
#include <tenon/tenon.hpp>

#include <cstdio>

namespace tn = tenon;

/// Few steps, so the moving averages follow sooner than by default.
using Normalized = tn::BatchNormalizationWith<tn::Momentum<0.9>>;

template <int Filters>
using Separable = tn::Sequential<tn::SeparableConv2D<Filters, tn::Kernel<3, 3>, tn::Same, tn::NoBias>, Normalized, tn::ReLU>;

struct Net : tn::Sequential<
    tn::Input<28, 28, 1>,
    tn::Conv2D<32, tn::Kernel<3, 3>, tn::Strides<2, 2>, tn::Same, tn::NoBias>, Normalized, tn::ReLU,
    Separable<64>, Separable<64>, tn::MaxPooling2D<>,
    Separable<128>,
    tn::GlobalAveragePooling2D, tn::Dropout<0.2>,
    tn::Dense<10, tn::Softmax>> {};

int main(int argc, char** argv) {
  const bool full = argc > 1;  // the folder of Fashion-MNIST; without, the library's sample of MNIST
  const auto images = full ? tn::datasets::load_fashion_mnist(argv[1]) : tn::datasets::load_mnist();
  auto model = tn::compile<Net>(tn::Adam{}, tn::SparseCategoricalCrossentropy{}, tn::Accuracy{});
  model.summary();
  model.fit(images.train.x, images.train.y, {.batch_size = 64, .epochs = full ? 5 : 3, .seed = 1});

  const auto [loss, accuracy] = model.evaluate(images.test.x, images.test.y, {.verbose = 0});
  std::printf("test loss %.4f, test accuracy %.4f\n", loss, accuracy);
  return accuracy > 0.8 ? 0 : 1;
}
