// Softmax (multinomial logistic) regression on MNIST: a thousand steps of a hundred digits.
#include <tenon/tenon.hpp>

#include <cstdio>

namespace tn = tenon;

struct SoftmaxRegression : tn::Sequential<tn::Input<784>, tn::Dense<10, tn::Softmax>> {};

int main(int argc, char** argv) {
  const bool full = argc > 1;
  const auto mnist = tn::datasets::load_mnist(full ? argv[1] : "", tn::flat);
  auto model = tn::compile<SoftmaxRegression>(tn::SGD{.learning_rate = 0.5f}, tn::SparseCategoricalCrossentropy{}, tn::Accuracy{});

  tn::Batches batches(mnist.train.x, mnist.train.y, {.seed = 1});
  for (int step = 1; step <= 1000; ++step) {
    const auto [x, y] = batches.next(100);
    const auto [loss, accuracy] = model.train_on_batch(x, y);
    if (step % 100 == 0) std::printf("step %4d: loss %.4f, accuracy %.2f\n", step, loss, accuracy);
  }
  const auto [loss, accuracy] = model.evaluate(mnist.test.x, mnist.test.y, {.verbose = 0});
  std::printf("test loss %.4f, test accuracy %.4f\n", loss, accuracy);
  return accuracy > (full ? 0.905 : 0.87) ? 0 : 1;
}
