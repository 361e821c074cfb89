#include "parity.hpp"

using namespace parity;

namespace {
struct Net : tn::Sequential<tn::Input<784>, tn::Dense<10, tn::Softmax>> {};
}  // namespace

TEST_CASE("Softmax regression learns as in Keras, step by step", "[parity]") {
  check("softmax_regression", tn::compile<Net>(tn::SGD{.learning_rate = 0.5f}, tn::SparseCategoricalCrossentropy{}), [](std::size_t step) { return digits(step, 100, false); });
}
