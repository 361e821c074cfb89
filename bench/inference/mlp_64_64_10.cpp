// 16-64-64-10: 23 kB of weights.
#include "measure.hpp"

struct Net : tn::Sequential<
    tn::Input<16>,
    tn::Dense<64, tn::ReLU>,
    tn::Dense<64, tn::ReLU>,
    tn::Dense<10, tn::Softmax>> {};

int main(int argc, char** argv) { measure_one<Net>("mlp_64_64_10", argc, argv); }
