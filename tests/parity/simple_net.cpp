#include "parity.hpp"

using namespace parity;

namespace {
struct Net : tn::Sequential<tn::Input<784>, tn::Dense<128, tn::ReLU>, tn::Dense<10, tn::Softmax>> {};
}  // namespace

TEST_CASE("784-128-10 learns as in Keras, step by step", "[parity]") {
  check("simple_net", tn::compile<Net>(tn::Adam{}, tn::SparseCategoricalCrossentropy{}), [](std::size_t step) { return digits(step, 32, false); });
}
