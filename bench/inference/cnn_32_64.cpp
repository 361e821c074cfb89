// Convolutions 32 and 64, each with a pool, 128, 10.
#include "measure.hpp"

struct Net : tn::Sequential<
    tn::Input<28, 28, 1>,
    tn::Conv2D<32, tn::Kernel<3, 3>, tn::ReLU>, tn::MaxPooling2D<2, 2>,
    tn::Conv2D<64, tn::Kernel<3, 3>, tn::ReLU>, tn::MaxPooling2D<2, 2>,
    tn::Flatten,
    tn::Dense<128, tn::ReLU>,
    tn::Dense<10, tn::Softmax>> {};

int main(int argc, char** argv) {
  measure_one<Net>("cnn_32_64", argc, argv);
  measure_batch<Net, 4>("cnn_32_64", {128, 28, 28, 1}, argc, argv);
}
