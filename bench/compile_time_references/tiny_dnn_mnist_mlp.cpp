// tiny-dnn, headers only, sizes known at run time: 512 and 512 with dropout, 10; one step of Adam.
#include <tiny_dnn/tiny_dnn.h>

#include <vector>

using namespace tiny_dnn::activation;
template <class Activation>
using Dense = tiny_dnn::fully_connected_layer<Activation>;
using tiny_dnn::dropout_layer;

int main() {
  tiny_dnn::network<tiny_dnn::sequential> net;
  net << Dense<relu>(784, 512) << dropout_layer(512, 0.2f) << Dense<relu>(512, 512) << dropout_layer(512, 0.2f) << Dense<softmax>(512, 10);
  const std::vector<tiny_dnn::vec_t> x(128, tiny_dnn::vec_t(784, 1));
  const std::vector<tiny_dnn::label_t> y(128, 0);
  tiny_dnn::adam optimizer;
  net.train<tiny_dnn::cross_entropy_multiclass>(optimizer, x, y, 128, 1);
  return net.predict(x[0]).size() == 10 ? 0 : 1;
}
