// One hidden layer on MNIST: 784-128-10, Adam, five epochs.
#include <tenon/tenon.hpp>

#include <cstdio>

namespace tn = tenon;

struct SimpleNet : tn::Sequential<tn::Input<28, 28, 1>, tn::Flatten, tn::Dense<128, tn::ReLU>, tn::Dense<10>> {};

int main(int argc, char** argv) {
  const bool full = argc > 1;
  const auto mnist = tn::datasets::load_mnist(full ? argv[1] : "");
  // The model ends with scores, not probabilities: from_logits says so.
  auto model = tn::compile<SimpleNet>(tn::Adam{}, tn::SparseCategoricalCrossentropy{.from_logits = true}, tn::Accuracy{});
  model.fit(mnist.train.x, mnist.train.y, {.epochs = 5});

  const auto [loss, accuracy] = model.evaluate(mnist.test.x, mnist.test.y, {.verbose = 0});
  std::printf("test loss %.4f, test accuracy %.4f\n", loss, accuracy);
  return accuracy > (full ? 0.972 : 0.90) ? 0 : 1;
}
