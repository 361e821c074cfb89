// 784-128-10: 0.4 MB of weights.
#include "../networks.hpp"
#include "measure.hpp"

int main(int argc, char** argv) { measure_one<SimpleNet>("simple_net", argc, argv); }
