// Softmax regression, 784-10: SGD 0.5, batches of 100.
#include "../networks.hpp"
#include "measure.hpp"

int main(int argc, char** argv) {
  const Work work{.model = "softmax_regression", .batch = 100, .steps = 600, .training_bytes = tn::training_bytes<SoftmaxRegression, 100, tn::SGD, tn::SparseCategoricalCrossentropy>};
  const auto x = random_tensor<2>({work.samples(), 784});
  const auto y = random_labels(work.samples());
  return measure(work, tn::compile<SoftmaxRegression>(tn::SGD{.learning_rate = 0.5f}, tn::SparseCategoricalCrossentropy{}, tn::Accuracy{}), x, y, argc, argv);
}
