#include "parity.hpp"

using namespace parity;

namespace {
struct Net : tn::Sequential<tn::Input<28, 28, 1>, tn::Conv2D<32, tn::Kernel<3, 3>, tn::ReLU>, tn::MaxPooling2D<2, 2>, tn::Conv2D<64, tn::Kernel<3, 3>, tn::ReLU>,
                             tn::MaxPooling2D<2, 2>, tn::Flatten, tn::Dense<128, tn::ReLU>, tn::Dense<10, tn::Softmax>> {};
}  // namespace

TEST_CASE("The CNN with two convolutions learns as in Keras, step by step", "[parity]") {
  check("cnn_32_64", tn::compile<Net>(tn::Adam{}, tn::SparseCategoricalCrossentropy{}), [](std::size_t step) { return digits(step, 32, true); });
}
