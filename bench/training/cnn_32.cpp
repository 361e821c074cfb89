// Convolution 32, pool, 128, 10: Adam, batches of 32.
#include "../networks.hpp"
#include "measure.hpp"

int main(int argc, char** argv) {
  const Work work{.model = "cnn_32", .batch = 32, .steps = 120, .training_bytes = tn::training_bytes<Cnn_32, 32, tn::Adam, tn::SparseCategoricalCrossentropy>};
  const auto x = random_tensor<4>({work.samples(), 28, 28, 1});
  const auto y = random_labels(work.samples());
  return measure(work, tn::compile<Cnn_32>(tn::Adam{}, tn::SparseCategoricalCrossentropy{}, tn::Accuracy{}), x, y, argc, argv);
}
