// 784-128-10: Adam, batches of 32.
#include "../networks.hpp"
#include "measure.hpp"

int main(int argc, char** argv) {
  const Work work{.model = "simple_net", .batch = 32, .steps = 600, .training_bytes = tn::training_bytes<SimpleNet, 32, tn::Adam, tn::SparseCategoricalCrossentropy>};
  const auto x = random_tensor<2>({work.samples(), 784});
  const auto y = random_labels(work.samples());
  return measure(work, tn::compile<SimpleNet>(tn::Adam{}, tn::SparseCategoricalCrossentropy{}, tn::Accuracy{}), x, y, argc, argv);
}
