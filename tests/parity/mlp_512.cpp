#include "parity.hpp"

using namespace parity;

namespace {
struct Net : tn::Sequential<tn::Input<784>, tn::Dense<512, tn::ReLU>, tn::Dense<512, tn::ReLU>, tn::Dense<10, tn::Softmax>> {};
}  // namespace

TEST_CASE("784-512-512-10 learns as in Keras, step by step", "[parity]") {
  check("mlp_512", tn::compile<Net>(tn::RMSprop{}, tn::SparseCategoricalCrossentropy{}), [](std::size_t step) { return digits(step, 128, false); });
}
