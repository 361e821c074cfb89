// The smaller convolutional network of the tutorials: one convolution, one pool, one hidden layer.
#include <tenon/tenon.hpp>

#include <cstdio>

namespace tn = tenon;

struct SmallCnn : tn::Sequential<
    tn::Input<28, 28, 1>,
    tn::Conv2D<32, tn::Kernel<3, 3>, tn::ReLU>,
    tn::MaxPooling2D<2, 2>,
    tn::Flatten,
    tn::Dense<128, tn::ReLU>,
    tn::Dense<10, tn::Softmax>> {};

int main(int argc, char** argv) {
  const bool full = argc > 1;
  const auto mnist = tn::datasets::load_mnist(full ? argv[1] : "");
  auto model = tn::compile<SmallCnn>(tn::Adam{}, tn::SparseCategoricalCrossentropy{}, tn::Accuracy{});
  model.summary();
  model.fit(mnist.train.x, mnist.train.y, {.batch_size = 32, .epochs = full ? 1 : 3});

  const auto [loss, accuracy] = model.evaluate(mnist.test.x, mnist.test.y, {.verbose = 0});
  std::printf("test loss %.4f, test accuracy %.4f\n", loss, accuracy);
  return accuracy > (full ? 0.975 : 0.93) ? 0 : 1;
}
