// 784-128-10: 0.4 MB of weights.
#include "measure.hpp"

struct Net : tn::Sequential<
    tn::Input<784>,
    tn::Dense<128, tn::ReLU>,
    tn::Dense<10, tn::Softmax>> {};

int main(int argc, char** argv) { measure_one<Net>("simple_net", argc, argv); }
