// Convolutions 32 and 64, each with a pool, 128, 10: Adam, batches of 128.
#include "measure.hpp"

struct Net : tn::Sequential<
    tn::Input<28, 28, 1>,
    tn::Conv2D<32, tn::Kernel<3, 3>, tn::ReLU>, tn::MaxPooling2D<2, 2>,
    tn::Conv2D<64, tn::Kernel<3, 3>, tn::ReLU>, tn::MaxPooling2D<2, 2>,
    tn::Flatten,
    tn::Dense<128, tn::ReLU>,
    tn::Dense<10, tn::Softmax>> {};

int main(int argc, char** argv) {
  const Work work{.model = "cnn_32_64", .batch = 128, .steps = 40, .training_bytes = tn::training_bytes<Net, 128, tn::Adam, tn::SparseCategoricalCrossentropy>};
  const auto x = random_tensor<4>({work.samples(), 28, 28, 1});
  const auto y = random_labels(work.samples());
  return measure(work, tn::compile<Net>(tn::Adam{}, tn::SparseCategoricalCrossentropy{}, tn::Accuracy{}), x, y, argc, argv);
}
