// 784-512-512-10 with dropout: RMSprop, batches of 128.
#include "measure.hpp"

struct Net : tn::Sequential<
    tn::Input<784>,
    tn::Dense<512, tn::ReLU>, tn::Dropout<0.2>,
    tn::Dense<512, tn::ReLU>, tn::Dropout<0.2>,
    tn::Dense<10, tn::Softmax>> {};

int main(int argc, char** argv) {
  const Work work{.model = "mlp_512", .batch = 128, .steps = 120, .training_bytes = tn::training_bytes<Net, 128, tn::RMSprop, tn::SparseCategoricalCrossentropy>};
  const auto x = random_tensor<2>({work.samples(), 784});
  const auto y = random_labels(work.samples());
  return measure(work, tn::compile<Net>(tn::RMSprop{}, tn::SparseCategoricalCrossentropy{}, tn::Accuracy{}), x, y, argc, argv);
}
