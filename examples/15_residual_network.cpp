// A residual network (He et al. 2015) on Fashion-MNIST: blocks that add to what they are given.
#include <tenon/tenon.hpp>

#include <cstdio>

namespace tn = tenon;

/// Few steps, so the moving averages follow sooner than by default.
using Normalized = tn::BatchNormalizationWith<tn::Momentum<0.9>>;

/// Two convolutions, and past them a shortcut: of 1 x 1 where the block changes the shape.
template <int Filters, int Stride = 1>
struct Residual : tn::Layer<Residual<Filters, Stride>> {
  tn::Sequential<
      tn::Conv2D<Filters, tn::Kernel<3, 3>, tn::Strides<Stride, Stride>, tn::Same, tn::NoBias>, Normalized, tn::ReLU,
      tn::Conv2D<Filters, tn::Kernel<3, 3>, tn::Same, tn::NoBias>, Normalized> residual;
  tn::Sequential<tn::Conv2D<Filters, tn::Kernel<1, 1>, tn::Strides<Stride, Stride>, tn::NoBias>, Normalized> shortcut;

  constexpr auto call(auto x) const {
    const auto past = Stride == 1 ? x : shortcut(x);
    return tn::relu(past + residual(x));
  }
};

struct Net : tn::Sequential<
    tn::Input<28, 28, 1>,
    tn::Conv2D<16, tn::Kernel<3, 3>, tn::Same, tn::NoBias>, Normalized, tn::ReLU,
    Residual<16>, Residual<32, 2>, Residual<64, 2>,
    tn::GlobalAveragePooling2D,
    tn::Dense<10>> {};

int main(int argc, char** argv) {
  const bool full = argc > 1;  // the folder of Fashion-MNIST; without, the library's sample of MNIST
  const auto images = full ? tn::datasets::load_fashion_mnist(argv[1]) : tn::datasets::load_mnist();
  auto model = tn::compile<Net>(tn::Adam{}, tn::SparseCategoricalCrossentropy{.from_logits = true}, tn::Accuracy{});
  model.fit(images.train.x, images.train.y, {.batch_size = 64, .epochs = full ? 5 : 2, .seed = 1});

  const auto [loss, accuracy] = model.evaluate(images.test.x, images.test.y, {.verbose = 0});
  std::printf("test loss %.4f, test accuracy %.4f\n", loss, accuracy);
  return accuracy > 0.8 ? 0 : 1;
}
