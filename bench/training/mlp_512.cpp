// 784-512-512-10 with dropout: RMSprop, batches of 128.
#include "../networks.hpp"
#include "measure.hpp"

int main(int argc, char** argv) {
  const Work work{.model = "mlp_512", .batch = 128, .steps = 120, .training_bytes = tn::training_bytes<Mlp_512, 128, tn::RMSprop, tn::SparseCategoricalCrossentropy>};
  const auto x = random_tensor<2>({work.samples(), 784});
  const auto y = random_labels(work.samples());
  return measure(work, tn::compile<Mlp_512>(tn::RMSprop{}, tn::SparseCategoricalCrossentropy{}, tn::Accuracy{}), x, y, argc, argv);
}
