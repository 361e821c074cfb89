// Convolutions 32 and 64, each with a pool, 128, 10.
#include "../networks.hpp"
#include "measure.hpp"

int main(int argc, char** argv) {
  measure_one<Cnn_32_64>("cnn_32_64", argc, argv);
  measure_batch<Cnn_32_64, 4>("cnn_32_64", {128, 28, 28, 1}, argc, argv);
}
