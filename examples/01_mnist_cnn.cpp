// A convolutional network on MNIST: Keras's Sequential model, as a type.
#include <tenon/tenon.hpp>

#include <cstdio>

namespace tn = tenon;

struct MnistCnn : tn::Sequential<
    tn::Input<28, 28, 1>,
    tn::Conv2D<32, tn::Kernel<3, 3>, tn::ReLU>,
    tn::MaxPooling2D<2, 2>,
    tn::Conv2D<64, tn::Kernel<3, 3>, tn::ReLU>,
    tn::MaxPooling2D<2, 2>,
    tn::Flatten,
    tn::Dense<128, tn::ReLU>,
    tn::Dense<10, tn::Softmax>> {};

static_assert(tn::parameter_count<MnistCnn> == 225'034);
static_assert(tn::output_shape<MnistCnn> == tn::shape(10));

int main(int argc, char** argv) {
  const bool full = argc > 1;  // a folder with the four IDX files (plain or .gz); without one, the sample of 5,000 digits
  const auto mnist = tn::datasets::load_mnist(full ? argv[1] : "");

  auto model = tn::compile<MnistCnn>(tn::Adam{}, tn::SparseCategoricalCrossentropy{}, tn::Accuracy{});
  model.summary();
  model.fit(mnist.train.x, mnist.train.y, {.batch_size = 32, .epochs = full ? 1 : 4});

  const auto [loss, accuracy] = model.evaluate(mnist.test.x, mnist.test.y);
  std::printf("test loss %.4f, test accuracy %.4f\n", loss, accuracy);

  model.save("mnist_cnn.safetensors");
  auto again = tn::load<MnistCnn>("mnist_cnn.safetensors");  // for inference: no optimizer, no gradients
  const auto probabilities = again.predict(mnist.test.x);    // (N, 10), an xt::xtensor<float, 2>
  return accuracy > (full ? 0.97 : 0.94) && probabilities.shape(1) == 10 ? 0 : 1;
}
