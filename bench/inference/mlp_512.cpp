// 784-512-512-10: 2.7 MB of weights.
#include "../networks.hpp"
#include "measure.hpp"

int main(int argc, char** argv) {
  measure_one<Mlp_512>("mlp_512", argc, argv);
  measure_batch<Mlp_512, 2>("mlp_512", {128, 784}, argc, argv);
}
