// 16-64-64-10: 23 kB of weights.
#include "../networks.hpp"
#include "measure.hpp"

int main(int argc, char** argv) { measure_one<Mlp_64_64_10>("mlp_64_64_10", argc, argv); }
