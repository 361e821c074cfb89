// An autoencoder on MNIST: 784 pixels through 32 numbers and back. What the numbers cannot hold is lost, so they hold what matters.
#include <tenon/tenon.hpp>

#include <cstdio>

namespace tn = tenon;

struct Encoder : tn::Sequential<tn::Dense<128, tn::ReLU>, tn::Dense<32, tn::ReLU>> {};
struct Decoder : tn::Sequential<tn::Dense<128, tn::ReLU>, tn::Dense<784, tn::Sigmoid>> {};
struct Autoencoder : tn::Sequential<tn::Input<784>, Encoder, Decoder> {};

/// A digit as characters, every second row.
void print(const float* pixels) {
  for (int row = 0; row < 28; row += 2) {
    for (int column = 0; column < 28; ++column) std::putchar(" .:*#"[static_cast<int>(pixels[28 * row + column] * 4.99f)]);
    std::putchar('\n');
  }
}

int main(int argc, char** argv) {
  const bool full = argc > 1;
  const auto mnist = tn::datasets::load_mnist(full ? argv[1] : "", tn::flat);
  auto model = tn::compile<Autoencoder>(tn::Adam{}, tn::BinaryCrossentropy{}, tn::MeanSquaredError{});
  model.fit(mnist.train.x, mnist.train.x, {.batch_size = full ? 256 : 32, .epochs = 10, .seed = 1});  // the labels are the images

  const auto [loss, error] = model.evaluate(mnist.test.x, mnist.test.x, {.verbose = 0});
  const auto again = model.predict(mnist.test.x);
  print(mnist.test.x.data());
  print(again.data());
  std::printf("test loss %.4f, mean squared error %.4f\n", loss, error);
  return error < (full ? 0.015 : 0.025) ? 0 : 1;
}
