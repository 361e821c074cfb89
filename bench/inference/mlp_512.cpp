// 784-512-512-10: 2.7 MB of weights.
#include "measure.hpp"

struct Net : tn::Sequential<
    tn::Input<784>,
    tn::Dense<512, tn::ReLU>, tn::Dropout<0.2>,
    tn::Dense<512, tn::ReLU>, tn::Dropout<0.2>,
    tn::Dense<10, tn::Softmax>> {};

int main(int argc, char** argv) {
  measure_one<Net>("mlp_512", argc, argv);
  measure_batch<Net, 2>("mlp_512", {128, 784}, argc, argv);
}
