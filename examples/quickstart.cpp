// Trains a convolutional network on MNIST, shows a progress bar, the accuracy on unseen digits, and a few of them with what the network reads.
#include <tenon/tenon.hpp>

#include <cstdio>

namespace tn = tenon;

struct DigitReader : tn::Sequential<
    tn::Input<28, 28, 1>,
    tn::Conv2D<32, tn::Kernel<3, 3>, tn::ReLU>,
    tn::MaxPooling2D<2, 2>,
    tn::Conv2D<64, tn::Kernel<3, 3>, tn::ReLU>,
    tn::MaxPooling2D<2, 2>,
    tn::Flatten,
    tn::Dense<128, tn::ReLU>,
    tn::Dense<10, tn::Softmax>> {};

// Draws one digit with two characters per pixel, every second row.
void draw(const xt::xtensor<float, 4>& images, std::size_t n) {
  for (std::size_t row = 2; row < 27; row += 2) {
    for (std::size_t column = 0; column < 28; ++column) {
      const float ink = (images(n, row, column, 0) + images(n, row + 1, column, 0)) / 2;
      std::fputs(ink > 0.66f ? "#" : ink > 0.33f ? "+" : ink > 0.1f ? "." : " ", stdout);
    }
    std::puts("");
  }
}

int main(int argc, char** argv) {
  const auto mnist = tn::datasets::load_mnist(argc > 1 ? argv[1] : "");
  auto model = tn::compile<DigitReader>(tn::Adam{}, tn::SparseCategoricalCrossentropy{}, tn::Accuracy{});
  model.summary();
  model.fit(mnist.train.x, mnist.train.y, {.batch_size = 32, .epochs = argc > 1 ? 1 : 5});

  const auto [loss, accuracy] = model.evaluate(mnist.test.x, mnist.test.y, {.verbose = 0});
  const auto probabilities = model.predict(mnist.test.x);
  for (std::size_t n = 0; n < 3; ++n) {
    draw(mnist.test.x, n);
    std::size_t digit = 0;
    for (std::size_t k = 1; k < 10; ++k)
      if (probabilities(n, k) > probabilities(n, digit)) digit = k;
    std::printf("read as %zu (%.1f %%), labelled %d\n\n", digit, 100.0 * static_cast<double>(probabilities(n, digit)), mnist.test.y(n));
  }
  std::printf("test loss %.4f, test accuracy %.4f\n", loss, accuracy);
  return accuracy > 0.93 ? 0 : 1;
}
