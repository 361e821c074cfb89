// tiny-dnn, headers only, sizes known at run time: convolutions 32 and 64, each with a pool, 128, 10; one step of Adam.
#include <tiny_dnn/tiny_dnn.h>

#include <vector>

using namespace tiny_dnn::activation;
using Pool = tiny_dnn::max_pooling_layer<identity>;
template <class Activation>
using Conv = tiny_dnn::convolutional_layer<Activation>;
template <class Activation>
using Dense = tiny_dnn::fully_connected_layer<Activation>;

int main() {
  tiny_dnn::network<tiny_dnn::sequential> net;
  net << Conv<relu>(28, 28, 3, 1, 32) << Pool(26, 26, 32, 2) << Conv<relu>(13, 13, 3, 32, 64) << Pool(11, 11, 64, 2) << Dense<relu>(5 * 5 * 64, 128) << Dense<softmax>(128, 10);
  const std::vector<tiny_dnn::vec_t> x(32, tiny_dnn::vec_t(28 * 28, 1));
  const std::vector<tiny_dnn::label_t> y(32, 0);
  tiny_dnn::adam optimizer;
  net.train<tiny_dnn::cross_entropy_multiclass>(optimizer, x, y, 32, 1);
  return net.predict(x[0]).size() == 10 ? 0 : 1;
}
